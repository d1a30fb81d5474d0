namespace Portico.Tests.Behaviour.Payments;

/// <summary>Two processes of Payments that share a database, and one member who is everywhere at once.</summary>
[Trait("Category", "Proof")]
public sealed class PaymentRaceTests
{
    private const int Racers = 50;

    /// <summary>Rounds: a few in every run, twenty in the proof.</summary>
    public static TheoryData<Shape, int> Rounds()
    {
        var data = new TheoryData<Shape, int>();
        foreach (var shape in Enum.GetValues<Shape>())
        {
            data.Add(new TheoryDataRow<Shape, int>(shape, 2));
            data.Add(new TheoryDataRow<Shape, int>(shape, 20) { Traits = { ["Category"] = ["Proof"] } });
        }

        return data;
    }

    [Theory, MemberData(nameof(Rounds))]
    public async Task Of_fifty_charges_of_a_hundred_exactly_ten_are_taken(Shape shape, int rounds)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var other = await platform.StartAnotherAsync("payments");
        for (var round = 0; round < rounds; round++)
        {
            var anna = await platform.MemberAsync();
            var answers = await AtOnceAsync(turn => (turn % 2 == 0 ? anna : anna.At(other)).OweAsync(100));

            Assert.Equal(10, answers.Count(answer => answer.Status is HttpStatusCode.Created));
            Assert.All(answers.Where(answer => !answer.Succeeded), answer =>
                Assert.Equal(1000, answer.Expect(HttpStatusCode.UnprocessableEntity, "limit-exceeded")["current_total"].GetDecimal()));
            Assert.Equal((1000, 10), (await anna.OwedAsync(), (await anna.ListedAsync()).Count));
        }

        await platform.BookAgreesAsync();
    }

    [Theory, MemberData(nameof(Rounds))]
    public async Task What_is_paid_called_off_and_added_to_at_once_is_paid_or_called_off_once(Shape shape, int rounds)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var other = await platform.StartAnotherAsync("payments");
        for (var round = 0; round < rounds; round++)
        {
            var anna = await platform.MemberAsync();
            var owed = await Task.WhenAll(Enumerable.Range(0, 5).Select(turn => anna.OwesAsync(10, turn % 2 == 0 ? "EUR" : "USD")));
            var answers = await AtOnceAsync(turn =>
            {
                var hand = turn % 2 == 0 ? anna : anna.At(other);
                return (turn % 5) switch
                {
                    0 => hand.PayAsync(),
                    1 => hand.PayAsync(owed[turn / 5 % owed.Length]),
                    2 => hand.CallOffAsync(owed[turn / 5 % owed.Length]),
                    3 => hand.OweAsync(1, "USD"),
                    _ => hand.OweAsync(1),
                };
            });

            Assert.All(answers.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "transaction-settled"));
            var paid = answers.Where(answer => answer.Body.Contains("transactions_paid", StringComparison.Ordinal)).Sum(answer => answer["transactions_paid"].GetInt32());
            var calledOff = answers.Count(answer => answer.Succeeded && answer.Body.Contains("\"cancelled\"", StringComparison.Ordinal));
            var added = answers.Count(answer => answer.Status is HttpStatusCode.Created);
            Assert.Equal(owed.Length + added, paid + calledOff + (await anna.ListedAsync("status=owed")).Count);
            Assert.Equal((paid, calledOff), ((await anna.ListedAsync("status=paid")).Count, (await anna.ListedAsync("status=cancelled")).Count));
        }

        await platform.BookAgreesAsync();
    }

    [Theory, MemberData(nameof(Rounds))]
    public async Task Fifty_who_begin_to_pay_and_fifty_cards_are_one_payment(Shape shape, int rounds)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var other = await platform.StartAnotherAsync("payments");
        for (var round = 0; round < rounds; round++)
        {
            var anna = await platform.MemberAsync();
            await anna.OwesAsync(100);
            var begun = await AtOnceAsync(turn => (turn % 2 == 0 ? anna : anna.At(other)).BeginAsync());
            Assert.All(begun, answer => Assert.True(answer.Succeeded, $"{answer}"));
            var payment = begun.Select(answer => answer["payment"].GetProperty("id").GetGuid()).Distinct().Single();
            Assert.Single(begun, answer => answer.Status is HttpStatusCode.Created);

            var charged = await AtOnceAsync(turn => turn % 5 == 0 ? anna.PayAsync() : (turn % 2 == 0 ? anna : anna.At(other)).GiveCardAsync(payment, "4242424242424242"));
            Assert.All(charged.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "payment-not-open"));
            // The card, or her own word that it is paid: what came first. Where the card was charged too, that goes back.
            await Eventually.TrueAsync(
                async () => (await platform.QueryAsync<bool>(
                    "payments",
                    """
                    select not exists (select from payments where status not in ('succeeded', 'canceled') and member_id = @Id)
                        and not exists (select from refunds join payments on payments.id = payment_id where member_id = @Id and refunds.status in ('creating', 'pending'))
                    """, new { anna.Id })).Single(), "it does not come to an end");
            Assert.Equal((0, 1), (await anna.OwedAsync(), (await anna.ListedAsync("status=paid")).Count));
        }

        Assert.Equal(100 * rounds, await platform.HouseAsync("received"));
        await platform.BookAgreesAsync();
    }

    [Theory, MemberData(nameof(Rounds))]
    public async Task Of_fifty_refunds_of_ten_of_a_hundred_exactly_ten_are_made(Shape shape, int rounds)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var other = await platform.StartAnotherAsync("payments");
        var admin = await platform.AdminAsync();
        for (var round = 0; round < rounds; round++)
        {
            var anna = await platform.MemberAsync();
            await anna.OwesAsync(100);
            var payment = await anna.PaidByCardAsync();
            var answers = await AtOnceAsync(turn => (turn % 2 == 0 ? admin : admin.At(other)).RefundAsync(anna, payment, 10));
            Assert.Equal(10, answers.Count(answer => answer.Status is HttpStatusCode.Created));
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.UnprocessableEntity, "refund-exceeds-payment"));
            await anna.RefundsComeToAsync(payment, [.. Enumerable.Repeat("succeeded", 10)]);
        }

        Assert.Equal(0, await platform.HouseAsync("received"));
        await platform.BookAgreesAsync();
    }

    private static async Task<Answer[]> AtOnceAsync(Func<int, Task<Answer>> ask) => await Task.WhenAll(Enumerable.Range(0, Racers).Select(ask));
}
