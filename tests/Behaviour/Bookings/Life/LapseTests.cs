using Portico.Bookings.Schedules;
using Portico.Contracts.Bookings;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>No job runs here: what lapses is free because of the clock alone.</summary>
[Trait("Category", "Proof")]
public sealed class LapseTests
{
    [Theory, InBothShapes]
    public async Task A_hold_that_lapses_is_free_for_the_next_who_asks_without_any_job(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand, ear.Listen);
        var (admin, anna, berta) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var place = await platform.AddOpenPlaceAsync();
        var (room, asking, dear) = (
            await admin.AddSpaceAsync(place), await admin.AddSpaceAsync(place, settings: new { needs_approval = true }),
            await admin.AddSpaceAsync(place, settings: new { prices = new { hourly = 10 } }));
        var from = platform.Hour();
        var held = await anna.HeldAsync(room, from);
        var (pending, unpaid) = (await anna.BookedAsync(asking, from.AddDays(3)), await anna.BookedAsync(dear, from));

        platform.Clock.MoveTo(held["expires_at"].GetDateTimeOffset() - BookingSteps.Moment);
        var refused = (await berta.HoldAsync(room, from, from.AddHours(1))).Expect(HttpStatusCode.Conflict, "space-taken");
        Assert.Equal(held["expires_at"].GetDateTimeOffset(), refused["reasons"][0].GetProperty("held_until").GetDateTimeOffset());
        platform.Clock.Advance(2 * BookingSteps.Moment);
        Assert.Equal("expired", await anna.StatusAsync(held.Id));
        await berta.HeldAsync(room, from);
        foreach (var late in new[] { await anna.ConfirmAsync(held.Id), await anna.ExtendAsync(held.Id), await anna.CancelAsync(held.Id) })
        {
            late.Expect(HttpStatusCode.Conflict);
        }

        Assert.Equal("held", (await ear.OnlyAsync<BookingExpired>()).Was);
        Assert.Equal(["hold", "expire"], (await anna.ChangesAsync(held.Id)).Select(change => change.GetProperty("act").GetString()));

        // The owner who comes too late lets it go as well.
        platform.Clock.MoveTo(unpaid["expires_at"].GetDateTimeOffset());
        (await admin.ConfirmAsync(unpaid.Id, "Cash")).Expect(HttpStatusCode.Conflict, "hold-expired");
        var lapsed = (await admin.ConfirmAsync(unpaid.Id, "Cash")).Expect(HttpStatusCode.Conflict, "booking-state");
        Assert.Equal((409, "expired"), (lapsed["status"].GetInt32(), lapsed.Text("state")));
        await berta.HeldAsync(dear, from);
        platform.Clock.MoveTo(pending["expires_at"].GetDateTimeOffset());
        (await admin.ApproveAsync(pending.Id)).Expect(HttpStatusCode.Conflict, "hold-expired");
        await berta.HeldAsync(asking, from.AddDays(3));
        await platform.InvariantsHoldAsync();
    }

    [Fact]
    public async Task What_nobody_asks_for_is_let_go_by_the_clock_however_much_it_is()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, BookingSteps.ByHand);
        var anna = await platform.MemberAsync();
        var room = await platform.AddSpaceAsync(await platform.AddOpenPlaceAsync());
        var holds = await Task.WhenAll(Enumerable.Range(0, 230).Select(hour => anna.HoldAsync(room, platform.Hour(hour), platform.Hour(hour + 1))));
        Assert.All(holds, hold => hold.Expect(HttpStatusCode.Created));

        await platform.RunJobAsync<ExpireLapsed>();
        Assert.Equal(230, (await platform.QueryAsync<int>("bookings", "select count(*)::int from claims")).Single());
        platform.Clock.Advance(BookingSteps.HoldFor);
        await platform.RunJobAsync<ExpireLapsed>();
        Assert.Equal(0, (await platform.QueryAsync<int>("bookings", "select count(*)::int from claims")).Single());
        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task Whoever_asks_while_the_owner_confirms_at_the_last_moment_is_told_that_it_is_taken(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (admin, anna, berta, place) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.AddOpenPlaceAsync());
        var (room, from) = (await admin.AddSpaceAsync(place), platform.Hour(2));
        var held = await anna.HeldAsync(room, from);

        await using var halfWay = await HalfWay.StopUpdatesAsync(platform, "bookings", "bookings");
        var confirming = anna.ConfirmAsync(held.Id);
        await halfWay.WaitForAsync(1);
        platform.Clock.MoveTo(held["expires_at"].GetDateTimeOffset());
        var asking = berta.HoldAsync(room, from, from.AddHours(1));
        await halfWay.GoOnAsync(2);

        (await confirming).ExpectStatus("confirmed");
        var refused = (await asking).Expect(HttpStatusCode.Conflict, "space-taken");
        Assert.Equal(["taken"], refused.Reasons());
        await platform.InvariantsHoldAsync();
    }
}
