using Portico.Contracts.Bookings;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class CancellationTests
{
    private static readonly object Policy = new
    {
        prices = new { hourly = 10 },
        cancellation = new { steps = new[] { new { hours_before = 24, percent_kept = 25 }, new { hours_before = 2, percent_kept = 100 } } },
    };

    [Theory, InBothShapes]
    public async Task What_a_cancellation_keeps_is_what_its_preview_said(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand, ear.Listen);
        var anna = await platform.MemberAsync();
        var room = await platform.AddSpaceAsync(await platform.AddOpenPlaceAsync(), settings: Policy);
        var from = platform.Hour(72);

        // Hours before its start, percent kept.
        foreach (var (ahead, percent, kept) in ((double, int, decimal)[])[(24.1, 0, 0), (23.9, 25, 5), (2.1, 25, 5), (1.9, 100, 20)])
        {
            var booking = await anna.BookedAsync(room, from, 2);
            await platform.PayAsync(booking);
            platform.Clock.MoveTo(from.AddHours(-ahead));
            var preview = (await anna.GetAsync($"/api/bookings/{booking.Id}/cancellation")).Expect(HttpStatusCode.OK);
            Assert.Equal((percent, kept, 20 - kept), (preview["percent_kept"].GetInt32(), preview["amount_kept"].GetDecimal(), preview["amount_back"].GetDecimal()));
            (await anna.CancelAsync(booking.Id)).ExpectStatus("cancelled");
            await platform.ToldAsync("bookings", anna.Id);
            var told = ear.Heard<BookingCancelled>()[^1];
            Assert.Equal((kept, 20 - kept, "member"), (told.Kept, told.GiveBack, told.By));
            (await anna.CancelAsync(booking.Id)).Expect(HttpStatusCode.Conflict, "booking-state");
            (await anna.GetAsync($"/api/bookings/{booking.Id}/cancellation")).Expect(HttpStatusCode.Conflict, "booking-state");
            from = from.AddDays(3);
            await platform.MoveToAsync(from.AddHours(-30), anna);
        }

        // What is not confirmed yet costs nothing, however late.
        platform.Clock.MoveTo(from.AddHours(-1));
        var unpaid = await anna.BookedAsync(room, from);
        Assert.Equal(0, (await anna.GetAsync($"/api/bookings/{unpaid.Id}/cancellation")).Expect(HttpStatusCode.OK)["amount_kept"].GetDecimal());
        Assert.Equal(0, (await anna.CancelAsync(unpaid.Id)).ExpectStatus("cancelled")["owed"].GetDecimal());
        var lapsed = await anna.HeldAsync(room, from);
        platform.Clock.Advance(BookingSteps.HoldFor);
        (await anna.GetAsync($"/api/bookings/{lapsed.Id}/cancellation")).Expect(HttpStatusCode.Conflict, "hold-expired");
        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task Staff_say_why_and_give_everything_back(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand, ear.Listen);
        var (admin, anna, berta, manager) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var place = await platform.AddOpenPlaceAsync();
        await admin.AppointAsync(place, manager, "manager");
        var room = await admin.AddSpaceAsync(place, settings: Policy);
        var booking = await anna.BookedAsync(room, platform.Hour(), 2);
        await platform.PayAsync(booking);
        platform.Clock.MoveTo(platform.Hour(-1));

        (await manager.CancelAsync(booking.Id)).Expect(HttpStatusCode.UnprocessableEntity, "reason-needed");
        (await manager.CancelAsync(booking.Id, "  ")).Expect(HttpStatusCode.UnprocessableEntity, "reason-needed");
        Assert.Equal(20, (await anna.GetAsync($"/api/bookings/{booking.Id}/cancellation"))["amount_kept"].GetDecimal());
        Assert.Equal(0, (await manager.GetAsync($"/api/bookings/{booking.Id}/cancellation"))["amount_kept"].GetDecimal());
        (await manager.CancelAsync(booking.Id, "The heating broke")).ExpectStatus("cancelled");
        var told = await ear.OnlyAsync<BookingCancelled>();
        Assert.Equal((0m, 20m, "staff", "The heating broke"), (told.Kept, told.GiveBack, told.By, told.Reason));
        var last = (await anna.ChangesAsync(booking.Id))[^1];
        Assert.Equal(("cancel", "The heating broke", manager.Id), (last.Word("act"), last.Word("reason"), last.GetProperty("by_id").GetGuid()));

        // Staff who book against the rules, or for somebody, say so too; nobody else may.
        (await berta.PostAsync("/api/bookings", Ask(anna))).Expect(HttpStatusCode.Forbidden, "not-for-others");
        (await manager.PostAsync("/api/bookings", Ask(anna, "She called"))).Expect(HttpStatusCode.Created);
        await platform.InvariantsHoldAsync();

        object Ask(Person member, string? reason = null) =>
            new { space_id = room, starts_at = platform.Hour(4), ends_at = platform.Hour(5), member_id = member.Id, reason };
    }

    [Theory, InBothShapes]
    public async Task Others_bookings_do_not_exist(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (anna, berta, stranger) = (await platform.MemberAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var room = await platform.AddSpaceAsync(await platform.AddOpenPlaceAsync());
        var booking = (await anna.BookedAsync(room, platform.Hour())).Id;
        foreach (var nosy in new[] { berta, stranger })
        {
            foreach (var answer in new[]
                {
                    await nosy.GetAsync($"/api/bookings/{booking}"), await nosy.GetAsync($"/api/bookings/{booking}/changes"), await nosy.GetAsync($"/api/bookings/{booking}/cancellation"),
                    await nosy.ConfirmAsync(booking, "mine"), await nosy.ExtendAsync(booking), await nosy.CancelAsync(booking, "mine"), await nosy.CheckOutAsync(booking),
                    await nosy.ChangeAsync(booking, new { people = 2 }), await nosy.PreviewAsync(booking, new { people = 2 }),
                })
            {
                answer.Expect(HttpStatusCode.NotFound, "booking-not-found");
            }
        }

        foreach (var answer in new[] { await stranger.ApproveAsync(booking), await stranger.RejectAsync(booking, "mine"), await stranger.CheckInAsync(booking) })
        {
            answer.Expect(HttpStatusCode.NotFound, "booking-not-found");
        }

        Assert.DoesNotContain(anna.Id.ToString(), (await berta.HoldAsync(room, platform.Hour(), platform.Hour(1))).Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["hold", "confirm"], (await anna.ChangesAsync(booking)).Select(change => change.Word("act")));
    }

    [Theory, InBothShapes]
    public async Task Hours_that_a_booking_used_come_back_as_far_as_the_policy_gives_them(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        platform.MoveToMidMonth();
        var (admin, anna) = (await platform.AdminAsync(), await platform.BookerAsync());
        await admin.GivePlanAsync(anna, await admin.AddPlanAsync(10));
        var room = await admin.AddSpaceAsync(await platform.AddOpenPlaceAsync(), settings: Policy);

        var booking = (await anna.BookedAsync(room, platform.Hour(30), 4)).ExpectStatus("confirmed");
        Assert.Equal(6, (await anna.BalancesAsync())[0]);
        platform.Clock.MoveTo(platform.Hour(28 - 22));
        Assert.Equal(3, (await anna.GetAsync($"/api/bookings/{booking.Id}/cancellation"))["credit_hours_back"].GetDecimal());
        (await anna.CancelAsync(booking.Id)).ExpectStatus("cancelled");
        Assert.Equal(9, (await anna.BalancesAsync())[0]);

        // What lapses, fails or is refused gives all of them back.
        var held = await anna.HeldAsync(room, platform.Hour(48), 9);
        Assert.Equal(0, (await anna.BalancesAsync())[0]);
        platform.Clock.Advance(BookingSteps.HoldFor);
        (await anna.ConfirmAsync(held.Id)).Expect(HttpStatusCode.Conflict, "hold-expired");
        var partly = (await anna.BookedAsync(room, platform.Hour(48), 10)).ExpectStatus("awaiting_payment");
        Assert.Equal((10m, 0m), (partly["owed"].GetDecimal(), (await anna.BalancesAsync())[0]));
        await platform.FailPaymentAsync(partly);
        Assert.Equal(9, (await anna.BalancesAsync())[0]);
        // The hours are taken again with a payment that comes late, or the payment is refused.
        await platform.PayAsync(partly);
        Assert.Equal((0m, "confirmed"), ((await anna.BalancesAsync())[0], await anna.StatusAsync(partly.Id)));
        await platform.InvariantsHoldAsync();
    }
}
