using Portico.Bookings.Schedules;
using static Portico.Tests.Behaviour.Bookings.Walks.WalkStep;

namespace Portico.Tests.Behaviour.Bookings.Walks;

/// <summary>The people around one space, and what they did; after every step the platform is asked whether it agrees with the model.</summary>
internal sealed class BookingWalk
{
    // What the platform says of a moment may differ from what was expected before it was asked by as long as that took.
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(30);
    private readonly RunningPlatform platform;
    private readonly Person owner;
    private readonly Person rival;
    private readonly Person staff;
    private readonly Guid space;
    private readonly BookingModel model;
    private Answer? booking;
    private Guid rivals;

    private BookingWalk(RunningPlatform platform, Person owner, Person rival, Person staff, Guid space, BookingModel model) =>
        (this.platform, this.owner, this.rival, this.staff, this.space, this.model) = (platform, owner, rival, staff, space, model);

    private DateTimeOffset Now => platform.Clock.GetUtcNow();

    public static async Task<BookingWalk> BeginAsync(RunningPlatform platform, Guid place, bool approval, bool costs, bool releases)
    {
        var staff = await platform.AdminAsync();
        var space = await staff.AddSpaceAsync(place, settings: new
        {
            needs_approval = approval, release_after_minutes = releases ? 15 : (int?)null, prices = new { hourly = costs ? 10 : 0 },
        });
        return new(platform, await platform.MemberAsync(), await platform.MemberAsync(), staff, space, new(approval, costs ? 10 : 0, releases));
    }

    /// <summary>Answers where the booking stands afterwards; null when there is none yet.</summary>
    public async Task<string?> GoAsync(WalkStep step)
    {
        if (booking is not null || step is OwnerHolds)
        {
            await DoAsync(step);
            await AgreeAsync();
        }

        return booking is null ? null : model.Shown(Now);
    }

    public async Task EndAsync()
    {
        await platform.InvariantsHoldAsync();
        if (booking is not null)
        {
            Assert.Equal(model.Acts, (await owner.ChangesAsync(booking.Id)).Select(change => change.GetProperty("act").GetString()));
        }
    }

    private Task DoAsync(WalkStep step) => step switch
    {
        OwnerHolds => HoldAsync(),
        RivalHolds when Now < model.StartsAt => RivalHoldsAsync(),
        RivalCancels when model.IsAwaited(Now) => RivalCancelsAsync(),
        RivalHolds or RivalCancels => Task.CompletedTask,
        StrangerTries => StrangerTriesAsync(),
        SomeMinutesPass => MoveAsync(Now.AddMinutes(4)),
        ItLapses => MoveAsync(model.Until?.AddMinutes(1)),
        DoorsOpen => MoveAsync(model.StartsAt.AddMinutes(-10)),
        ItBegins => MoveAsync(model.StartsAt.AddMinutes(20)),
        ItEnds => MoveAsync(model.EndsAt.AddMinutes(1)),
        IsPaid => HappenAsync(step, () => model.Owed > 0 ? platform.PayAsync(booking!, model.Owed) : Task.CompletedTask),
        PaymentFails => HappenAsync(step, () => platform.FailPaymentAsync(booking!)),
        LapsedAreExpired => HappenAsync(step, platform.RunJobAsync<ExpireLapsed>),
        NoShowsAreReleased => HappenAsync(step, platform.RunJobAsync<ReleaseNoShows>),
        EndedAreCompleted => HappenAsync(step, platform.RunJobAsync<CompleteEnded>),
        _ => AskAsync(step),
    };

    private async Task HoldAsync()
    {
        // One at a time: while it stands, its owner is refused their own time like anybody.
        var (now, slot) = (Now, booking is null || model.StartsAt <= Now || (!model.Blocks(Now) && !model.IsAwaited(Now)) ? platform.Hour(1) : model.StartsAt);
        if (booking is not null && model.Blocks(now) && slot != model.StartsAt)
        {
            return;
        }

        var expected = model.Hold(slot, now);
        var answer = await owner.HoldAsync(space, slot, slot.AddHours(1));
        Compare(OwnerHolds, expected, answer);
        booking = answer.Succeeded ? answer : booking;
    }

    private async Task RivalHoldsAsync()
    {
        var expected = model.RivalHold(Now);
        var answer = await rival.HoldAsync(space, model.StartsAt, model.EndsAt);
        Compare(RivalHolds, expected, answer);
        rivals = answer.Succeeded ? answer.Id : rivals;
    }

    private async Task RivalCancelsAsync()
    {
        (await rival.CancelAsync(rivals)).ExpectStatus("cancelled");
        model.RivalUntil = null;
    }

    private async Task StrangerTriesAsync()
    {
        foreach (var answer in await Task.WhenAll(
            rival.GetAsync($"/api/bookings/{booking!.Id}"), rival.GetAsync($"/api/bookings/{booking.Id}/changes"), rival.ExtendAsync(booking.Id),
            rival.ConfirmAsync(booking.Id, "Mine"), rival.CancelAsync(booking.Id, "Mine"), rival.CheckOutAsync(booking.Id), rival.ChangeAsync(booking.Id, new { people = 2 })))
        {
            answer.Expect(HttpStatusCode.NotFound, "booking-not-found");
        }

        foreach (var answer in await Task.WhenAll(rival.ApproveAsync(booking.Id), rival.RejectAsync(booking.Id, "Mine"), rival.CheckInAsync(booking.Id)))
        {
            answer.Expect(HttpStatusCode.Forbidden);
        }
    }

    private async Task AskAsync(WalkStep step)
    {
        var expected = model.Do(step, Now);
        var id = booking!.Id;
        Compare(step, expected, await (step switch
        {
            OwnerExtends => owner.ExtendAsync(id),
            OwnerConfirms => owner.ConfirmAsync(id),
            OwnerCancels => owner.CancelAsync(id),
            OwnerBringsMore => owner.ChangeAsync(id, new { people = 3 }),
            OwnerScansTheSpace => owner.CheckInAtAsync(space),
            OwnerLeaves => owner.CheckOutAsync(id),
            StaffApprove => staff.ApproveAsync(id),
            StaffReject => staff.RejectAsync(id, "No"),
            StaffConfirm => staff.ConfirmAsync(id, "A favour"),
            StaffConfirmWithoutReason => staff.ConfirmAsync(id),
            StaffCancel => staff.CancelAsync(id, "The roof leaks"),
            StaffCancelWithoutReason => staff.CancelAsync(id),
            StaffCheckIn => staff.CheckInAsync(id),
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        }));
    }

    private async Task HappenAsync(WalkStep step, Func<Task> happens)
    {
        var now = Now;
        await happens();
        model.Happen(step, now);
    }

    // Never back.
    private Task MoveAsync(DateTimeOffset? to)
    {
        if (to > Now)
        {
            platform.Clock.MoveTo(to.Value);
        }

        return Task.CompletedTask;
    }

    private static void Compare(WalkStep step, string? expected, Answer answer) =>
        Assert.True(expected is null ? answer.Succeeded : answer.Code == expected, $"{step}: expected {expected ?? "success"}, got {answer}");

    private async Task AgreeAsync()
    {
        var shown = await owner.ShownAsync(booking!.Id);
        var now = Now;
        Assert.Equal(model.Shown(now), shown.Text("status"));
        Assert.Equal(model.Owed, shown["owed"].GetDecimal());
        var until = shown.Text("status") is "expired" || model.Until is null ? null : model.Until;
        Assert.Equal(until is null, shown["expires_at"].ValueKind is System.Text.Json.JsonValueKind.Null);
        if (until is { } expected)
        {
            Assert.InRange(shown["expires_at"].GetDateTimeOffset(), expected - Near, expected + Near);
        }

        if (model.Status is not "completed")
        {
            Assert.Equal(
                model.HasClaims ? 1 : 0,
                (await platform.QueryAsync<int>("bookings", "select count(*)::int from claims where booking_id = @Id", new { booking.Id })).Single());
        }
    }
}
