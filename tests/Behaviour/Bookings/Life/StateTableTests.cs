using Npgsql;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.States;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>The database holds the table of transitions itself: whatever forgets to ask the domain is refused there.</summary>
public sealed class StateTableTests
{
    private static readonly BookingStatus[] Statuses = Enum.GetValues<BookingStatus>();

    [Fact]
    public async Task The_database_allows_the_changes_of_status_that_the_domain_does_and_no_others()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, BookingSteps.ByHand);
        var anna = await platform.MemberAsync();
        var room = await platform.AddSpaceAsync(await platform.AddOpenPlaceAsync());
        var booking = await anna.HeldAsync(room, platform.Hour());
        List<(BookingStatus, BookingStatus)> allowed = [];
        foreach (var from in Statuses)
        {
            foreach (var to in Statuses.Where(to => to != from))
            {
                await WithoutGuardAsync(from);
                try
                {
                    await platform.ExecuteAsync("bookings", Update, Row(to));
                    allowed.Add((from, to));
                }
                catch (PostgresException e) when (e.ConstraintName == "bookings_transition")
                {
                    Assert.Equal([from.Word()], await platform.QueryAsync<string>("bookings", "select status from bookings"));
                }
            }
        }

        Assert.Equal(BookingStates.All.Order(), allowed.Order());
        Assert.True(allowed.Count >= 20);

        async Task WithoutGuardAsync(BookingStatus status) => await platform.ExecuteAsync(
            "bookings", $"alter table bookings disable trigger bookings_transition; {Update}; alter table bookings enable trigger bookings_transition", Row(status));

        object Row(BookingStatus status) => new
        {
            booking.Id, status = status.Word(), until = status.Lapses() ? platform.Clock.GetUtcNow() : (DateTimeOffset?)null, kept = status is BookingStatus.Cancelled ? 0 : (int?)null,
        };
    }

    [Fact]
    public async Task Nothing_begins_but_as_a_hold_and_what_does_not_stand_takes_nothing_whoever_changed_it()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, BookingSteps.ByHand);
        var anna = await platform.MemberAsync();
        var room = await platform.AddSpaceAsync(await platform.AddOpenPlaceAsync());
        var booking = await anna.HeldAsync(room, platform.Hour());
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => platform.ExecuteAsync(
            "bookings",
            """
            insert into bookings select (jsonb_populate_record(bookings, jsonb_build_object('id', gen_random_uuid(), 'status', 'confirmed', 'expires_at', null))).*
            from bookings
            """));
        Assert.Equal("bookings_begin_held", refusal.ConstraintName);
        var doubled = await Assert.ThrowsAsync<PostgresException>(() => platform.ExecuteAsync(
            "bookings", "insert into claims (unit_id, during, booking_id) select unit_id, tstzrange(upper(during) - interval '1 second', upper(during) + interval '1 hour'), booking_id from claims"));
        Assert.Equal("claims_never_overlap", doubled.ConstraintName);

        await platform.ExecuteAsync("bookings", "update bookings set status = 'expired', expires_at = null where id = @Id", new { booking.Id });
        Assert.Empty(await platform.QueryAsync<Guid>("bookings", "select booking_id from claims"));
        await anna.HeldAsync(room, platform.Hour());
    }

    private const string Update = "update bookings set status = @status, expires_at = @until, kept = @kept where id = @Id";
}
