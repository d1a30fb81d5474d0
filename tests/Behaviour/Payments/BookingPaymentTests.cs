using Portico.Bookings.Schedules;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>From a booking that waits for its money to the money that goes back.</summary>
public sealed class BookingPaymentTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_booking_is_paid_by_card_stands_and_its_cancellation_gives_the_money_back(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (anna, booking, price) = await platform.AwaitingMoneyAsync();
        Assert.Equal((0m, price), await anna.AccountAsync());
        var charge = (await anna.GetAsync($"{PaymentSteps.Transactions}/list")).Expect(HttpStatusCode.OK)["items"][0];
        Assert.Equal((booking, price, "owed"), (charge.GetProperty("booking_id").GetGuid(), charge.GetProperty("amount").GetDecimal(), charge.GetProperty("status").GetString()));
        // That it is paid is for the provider to say.
        Assert.Equal(0, (await anna.PayAsync()).Expect(HttpStatusCode.OK)["transactions_paid"].GetInt32());
        (await anna.PayAsync(charge.GetProperty("id").GetGuid())).Expect(HttpStatusCode.Conflict, "card-needed");

        var payment = await anna.PaidByCardAsync(booking);
        await anna.BookingComesToAsync(booking, "confirmed");
        Assert.Equal((0m, 0m), await anna.AccountAsync());
        (await anna.BeginAsync(booking)).Expect(HttpStatusCode.Conflict, "nothing-owed");

        (await anna.CancelAsync(booking)).Expect(HttpStatusCode.OK);
        await anna.RefundsComeToAsync(payment, "succeeded");
        Assert.Equal(price, (await anna.PaymentAsync(payment)).GetProperty("refunded").GetDecimal());
        Assert.Equal((0m, 0m), await anna.AccountAsync());
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task A_declined_card_frees_the_slot(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (anna, booking, _) = await platform.AwaitingMoneyAsync();
        var payment = await anna.BegunAsync(booking);
        (await anna.GiveCardAsync(payment, "4000000000000002")).Expect(HttpStatusCode.OK);
        await anna.BookingComesToAsync(booking, "payment_failed");
        Assert.Equal("canceled", (await anna.PaymentAsync(payment)).GetProperty("status").GetString());
        await ReleasedAsync(anna);
        (await anna.GiveCardAsync(payment, "4242424242424242")).Expect(HttpStatusCode.Conflict, "payment-not-open");
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task Where_more_cards_may_be_tried_the_slot_waits_for_them(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new(BookingSteps.ByHand) { ["Modules:Payments:CardAttempts"] = "2" });
        var (anna, booking, _) = await platform.AwaitingMoneyAsync();
        var payment = await anna.BegunAsync(booking);
        (await anna.GiveCardAsync(payment, "4000000000000002")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await anna.PaymentAsync(payment)).GetProperty("failure").GetString() == "generic_decline", "nobody hears of it");
        (await anna.GiveCardAsync(payment, "4242424242424242")).Expect(HttpStatusCode.OK);
        await anna.BookingComesToAsync(booking, "confirmed");
        // All of it, as it was charged: tax leaves no digits that the currency does not have.
        (await (await platform.AdminAsync()).RefundAsync(anna, payment)).Expect(HttpStatusCode.Created);
        await anna.RefundsComeToAsync(payment, "succeeded");
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task What_is_not_paid_in_time_is_owed_no_longer_and_no_card_is_taken_for_it(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (anna, booking, _) = await platform.AwaitingMoneyAsync();
        var payment = await anna.BegunAsync(booking);
        platform.Clock.Advance(BookingSteps.PayWithin + BookingSteps.Moment);
        await platform.RunJobAsync<ExpireLapsed>();
        await anna.ComesToAsync(payment, "canceled");
        await ReleasedAsync(anna);
        Assert.Equal("expired", await anna.StatusAsync(booking));
        (await anna.BeginAsync(booking)).Expect(HttpStatusCode.Conflict, "nothing-owed");
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task What_is_paid_too_late_is_honoured_while_the_slot_is_free_and_goes_back_when_it_is_not(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        foreach (var taken in (bool[])[false, true])
        {
            var (anna, booking, price) = await platform.AwaitingMoneyAsync();
            var payment = await anna.BegunAsync(booking);
            var slot = await anna.ShownAsync(booking);
            platform.Clock.Advance(BookingSteps.PayWithin + BookingSteps.Moment);
            // The card is charged in the moment in which it lapses, and nobody hears of it but by asking.
            await platform.ExecuteAsync("payments", "update sandbox_intents set status = 'succeeded', card = 'visa' where payment_id = @payment", new { payment });
            if (taken)
            {
                var bruno = await platform.MemberAsync();
                (await bruno.HoldAsync(slot["space"].GetProperty("id").GetGuid(), slot["starts_at"].GetDateTimeOffset(), slot["ends_at"].GetDateTimeOffset())).Expect(HttpStatusCode.Created);
            }

            await platform.RunJobAsync<ExpireLapsed>();
            await anna.ComesToAsync(payment, "succeeded");
            if (taken)
            {
                await anna.RefundsComeToAsync(payment, "succeeded");
                Assert.Equal((price, "expired"), ((await anna.PaymentAsync(payment)).GetProperty("refunded").GetDecimal(), await anna.StatusAsync(booking)));
            }
            else
            {
                await anna.BookingComesToAsync(booking, "confirmed");
            }

            Assert.Equal((0m, 0m), await anna.AccountAsync());
        }

        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task Money_on_the_desk_confirms_a_booking_and_a_shorter_one_gives_some_back(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (anna, booking, price) = await platform.AwaitingMoneyAsync(hours: 2);
        var admin = await platform.AdminAsync();
        (await admin.PostAsync($"/api/payments/members/{anna.Id}/transactions/pay", new { how = "Cash" })).Expect(HttpStatusCode.OK);
        await anna.BookingComesToAsync(booking, "confirmed");

        var shown = await anna.ShownAsync(booking);
        var starts = shown["starts_at"].GetDateTimeOffset();
        (await anna.ChangeAsync(booking, new { ends_at = starts.AddHours(3) })).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await anna.AccountAsync() == (0m, price / 2), "the longer booking is not charged");
        var more = await anna.PaidByCardAsync(booking);
        await Eventually.TrueAsync(async () => (await anna.ShownAsync(booking))["owed"].GetDecimal() == 0, "the booking does not hear that it is paid");
        (await anna.ChangeAsync(booking, new { ends_at = starts.AddHours(2) })).Expect(HttpStatusCode.OK);
        await anna.RefundsComeToAsync(more, "succeeded");
        Assert.Equal((0m, 0m), await anna.AccountAsync());
        await platform.BookAgreesAsync();
    }

    private static Task ReleasedAsync(Person member) =>
        Eventually.TrueAsync(async () => await member.AccountAsync() == (0m, 0m), "it is still owed");
}
