using System.Text;

namespace Portico.Tests.Behaviour.Payments;

public sealed class TransactionTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task What_a_member_owes_is_listed_and_paid_under_the_paths_of_old(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (anna, bruno) = (await platform.MemberAsync(), await platform.MemberAsync());

        var created = (await anna.PostAsync("/payment/transactions", new { amount = 12.50m, description = " Ten coffees " })).Expect(HttpStatusCode.Created);
        Assert.Equal($"/api/payments/transactions/{created.Id}", created.Headers.Location!.ToString());
        Assert.Equal(
            (anna.Id, 12.5m, "EUR", "Ten coffees", false, "owed"),
            (created["user_id"].GetGuid(), created["amount"].GetDecimal(), created.Text("currency"), created.Text("description"), created["is_paid"].GetBoolean(), created.Text("status")));
        Assert.Equal(created.Body, (await anna.GetAsync($"{PaymentSteps.Transactions}/{created.Id}")).Expect(HttpStatusCode.OK).Body);
        var second = await anna.OwesAsync(7);
        Assert.Equal([second, created.Id], (await anna.GetAsync("/payment/transactions/list")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Select(one => one.GetProperty("id").GetGuid()));
        Assert.Equal(19.5m, await anna.OwedAsync());

        // What is somebody else's is not there.
        (await bruno.GetAsync($"{PaymentSteps.Transactions}/{second}")).Expect(HttpStatusCode.NotFound, "transaction-not-found");
        (await bruno.PayAsync(second)).Expect(HttpStatusCode.NotFound, "transaction-not-found");
        (await bruno.CallOffAsync(second)).Expect(HttpStatusCode.NotFound, "transaction-not-found");
        Assert.Empty(await bruno.ListedAsync());
        Assert.Equal(0, (await bruno.PayAsync()).Expect(HttpStatusCode.OK)["transactions_paid"].GetInt32());

        var paid = (await anna.PostAsync("/payment/transactions/pay")).Expect(HttpStatusCode.OK);
        Assert.Equal((2, 19.5m), (paid["transactions_paid"].GetInt32(), paid["paid"][0].GetProperty("amount").GetDecimal()));
        Assert.Equal((true, "paid"), await StandAsync(anna, created.Id));
        Assert.Equal(0, await anna.OwedAsync());
        Assert.Equal(0, (await anna.PayAsync()).Expect(HttpStatusCode.OK)["transactions_paid"].GetInt32());
        (await platform.Somebody().GetAsync("/payment/transactions/list")).Expect(HttpStatusCode.Unauthorized);
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task Some_are_paid_some_called_off_and_none_of_it_twice(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var (first, second, third) = (await anna.OwesAsync(10), await anna.OwesAsync(20), await anna.OwesAsync(30, "USD"));

        Assert.Equal(1, (await anna.PayAsync(first)).Expect(HttpStatusCode.OK)["transactions_paid"].GetInt32());
        (await anna.PayAsync(first, second)).Expect(HttpStatusCode.Conflict, "transaction-settled");
        Assert.Equal((20m, 30m), (await anna.OwedAsync(), await anna.OwedAsync("USD")));
        (await anna.CallOffAsync(second)).Expect(HttpStatusCode.OK);
        Assert.Equal((false, "cancelled"), await StandAsync(anna, second));
        foreach (var settled in (Guid[])[first, second])
        {
            (await anna.CallOffAsync(settled)).Expect(HttpStatusCode.Conflict, "transaction-settled");
            (await anna.PayAsync(settled)).Expect(HttpStatusCode.Conflict, "transaction-settled");
        }

        Assert.Equal([third], await anna.ListedAsync("status=owed"));
        Assert.Equal([third], await anna.ListedAsync("currency=USD"));
        Assert.Equal([third], await anna.ListedAsync("limit=1"));
        var csv = (await anna.GetAsync($"{PaymentSteps.Transactions}/list?currency=EUR&format=csv&limit=1")).Expect(HttpStatusCode.OK).Body.TrimEnd().Split("\r\n");
        Assert.Equal(
            ["id,created_at,description,currency,amount,status,settled_at,booking_id,fee", $"{second}", $"{first}"],
            [csv[0], .. csv.Skip(1).Select(line => line.Split(',')[0])]);
        Assert.Equal(0, await anna.OwedAsync());
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task Nobody_owes_more_than_a_thousand_of_a_currency_and_paying_makes_room(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();
        await anna.OwesAsync(600);
        await anna.OwesAsync(400);
        await anna.OwesAsync(1000, "USD");

        var refused = (await anna.OweAsync(0.01m)).Expect(HttpStatusCode.UnprocessableEntity, "limit-exceeded");
        Assert.Equal((1000m, 0.01m, 1000m, "EUR"), (refused["current_total"].GetDecimal(), refused["requested"].GetDecimal(), refused["limit"].GetDecimal(), refused.Text("currency")));
        (await anna.PayAsync()).Expect(HttpStatusCode.OK);
        await anna.OwesAsync(1000);
        (await anna.OweAsync(5, "XAU")).Expect(HttpStatusCode.BadRequest, "invalid");
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task An_amount_is_written_with_digits_and_as_many_after_the_point_as_its_currency_has(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();
        string[] bad =
        [
            "0", "-1", "-0.01", "10.001", "10.000", "1e2", "1E2", "NaN", "Infinity", "\"10\"", "\"ten\"", "null", "true", "[10]", "{}", "010", "+1", ".5", "1.", "1,5", "0x10",
            "0.0000000000000000000000000000000001", "99999999999999999999999999999999999", "",
        ];
        foreach (var amount in bad)
        {
            var answer = await anna.SendRawAsync(HttpMethod.Post, PaymentSteps.Transactions, Encoding.UTF8.GetBytes($$"""{"amount": {{amount}}, "description": "Coffee"}"""));
            Assert.True(answer.Status is HttpStatusCode.BadRequest, $"{amount}: {answer}");
        }

        (await anna.PostAsync(PaymentSteps.Transactions, new { description = "Coffee" })).Expect(HttpStatusCode.BadRequest, "invalid");
        (await anna.OweAsync(5, description: "  ")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await anna.PostAsync(PaymentSteps.Transactions, new { amount = 5, description = "Coffee", user_id = anna.Id })).Expect(HttpStatusCode.BadRequest);
        Assert.Empty(await anna.ListedAsync());
        Assert.Equal(0.01m, (await anna.OweAsync(0.01m)).Expect(HttpStatusCode.Created)["amount"].GetDecimal());
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Staff_charge_a_member_take_the_money_and_call_off_what_was_wrong(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, manager, anna) = (await platform.AdminAsync(), await platform.ManagerAsync(), await platform.MemberAsync());
        var hers = $"/api/payments/members/{anna.Id}";
        await platform.AllToldAsync("auth");

        var keys = (await admin.PostAsync($"{hers}/transactions", new { amount = 40, description = "Lost keys" })).Expect(HttpStatusCode.Created);
        var chair = (await admin.PostAsync($"{hers}/transactions", new { amount = 60, description = "Broken chair" })).Expect(HttpStatusCode.Created);
        Assert.Equal((anna.Id, 100m), (keys["user_id"].GetGuid(), await anna.OwedAsync()));
        Assert.Equal([chair.Id, keys.Id], await anna.ListedAsync());
        // What staff charged only staff call off.
        (await anna.CallOffAsync(keys.Id)).Expect(HttpStatusCode.NotFound, "transaction-not-found");
        (await admin.PostAsync($"{hers}/transactions/{chair.Id}/cancel", new { })).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.PostAsync($"{hers}/transactions/{chair.Id}/cancel", new { reason = "It was broken before" })).Expect(HttpStatusCode.OK);
        (await admin.PostAsync($"{hers}/transactions/pay", new { how = "Cash" })).Expect(HttpStatusCode.OK);
        Assert.Equal((0m, true), (await anna.OwedAsync(), (await StandAsync(anna, keys.Id)).IsPaid));
        Assert.Equal(
            ["Cash", "It was broken before"],
            (await platform.QueryAsync<string>("payments", "select reason from postings where reason is not null and made_by = @Id", new { admin.Id })).Order());

        // Nobody else does, nobody is charged who is not there, and the limit is theirs too.
        foreach (var person in (Person[])[manager, anna])
        {
            (await person.PostAsync($"{hers}/transactions", new { amount = 1, description = "Mine" })).Expect(HttpStatusCode.Forbidden);
            (await person.GetAsync($"{hers}/balance")).Expect(HttpStatusCode.Forbidden);
        }

        (await admin.PostAsync($"/api/payments/members/{Guid.CreateVersion7()}/transactions", new { amount = 1, description = "Nobody" })).Expect(HttpStatusCode.NotFound, "member-not-found");
        (await admin.PostAsync($"{hers}/transactions", new { amount = 1000.01m, description = "A fire" })).Expect(HttpStatusCode.UnprocessableEntity, "limit-exceeded");
        (await admin.DeleteAsync($"/api/auth/admin/users/{anna.Id}")).Expect(HttpStatusCode.NoContent);
        await platform.AllToldAsync("auth");
        (await admin.PostAsync($"{hers}/transactions", new { amount = 1, description = "Gone" })).Expect(HttpStatusCode.NotFound, "member-not-found");
        Assert.Equal(2, (await admin.GetAsync($"{hers}/transactions")).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task Where_money_goes_over_the_desk_only_staff_say_that_it_came(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new Dictionary<string, string?> { ["Modules:Payments:MembersSettle"] = "false" });
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        await anna.OwesAsync(10);
        await platform.AllToldAsync("auth");
        (await anna.PayAsync()).Expect(HttpStatusCode.Forbidden, "paid-at-desk");
        Assert.Equal(10, await anna.OwedAsync());
        (await admin.PostAsync($"/api/payments/members/{anna.Id}/transactions/pay", new { how = "Cash" })).Expect(HttpStatusCode.OK);
        Assert.Equal(0, await anna.OwedAsync());
    }

    private static async Task<(bool IsPaid, string Status)> StandAsync(Person member, Guid transaction)
    {
        var answer = (await member.GetAsync($"{PaymentSteps.Transactions}/{transaction}")).Expect(HttpStatusCode.OK);
        return (answer["is_paid"].GetBoolean(), answer.Text("status"));
    }
}
