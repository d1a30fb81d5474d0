using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Blocks;
using Portico.Bookings.Features.Bookings;
using Portico.Bookings.Features.Series;
using Portico.Bookings.Features.Spaces;
using Portico.Bookings.Features.Waiting;
using Portico.Contracts.Auth;
using Portico.Contracts.Demo;
using Portico.Platform.Data;
using Portico.Platform.Modules;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Demo;

/// <summary>
/// A week of bookings behind and a week ahead at the demonstration's locations, made by the same code as everybody's: what
/// they claim, cost and tell is true.
/// </summary>
internal sealed class DemoBookings(Database<BookingsModule> database, DemoStay stay, TimeProvider time) : IDemoData
{
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        foreach (var place in DemoPlaces.All)
        {
            await using var change = await database.BeginAsync(cancellationToken);
            await change.LockStructureAsync(place.Id, cancellationToken);
            // Not where anybody has booked, and not where these are not the spaces of the demonstration.
            if (await change.FindAsync<bool>(
                """
                select not exists (select from bookings where location_id = @Id) and not exists (select from blocks where location_id = @Id)
                    and exists (select from spaces where id = @first and location_id = @Id)
                    and exists (select from locations where id = @Id and retired_at is null)
                """, new { place.Id, first = DemoSpaces.Id(place.Id, 1) }, cancellationToken))
            {
                await SeedAsync(change, place.Id, now, cancellationToken);
                await change.CommitAsync(cancellationToken);
            }
        }
    }

    private async Task SeedAsync(Change change, Guid place, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await DemoKnowledge.ReadAsync(database, place, now, cancellationToken);
        var runner = DemoPlaces.Staff.First(duty => duty.Place == place && duty.Person.Role == Roles.Manager).Person.Id;
        var week = new DemoWeek(place, known.Calendar, now);
        await BlockAsync(change, place, week, runner, now, cancellationToken);
        await RepeatAsync(change, known, week, runner, now, cancellationToken);
        BookingRow? wanted = null;
        foreach (var demo in week.Wishes())
        {
            if (known.Wish(demo) is { } wish
                && await stay.LiveAsync(change, wish, demo, runner, now, cancellationToken) is { State: BookingStatus.Confirmed } booking
                && booking.StartsAt > now.AddHours(12) && known.IsRoom(booking.SpaceId))
            {
                wanted ??= booking;
            }
        }

        if (wanted is not null && known.Wish(week.Envies(wanted)) is { } wait)
        {
            await change.JoinAsync(wait, now, cancellationToken);
        }
    }

    private static async Task BlockAsync(Change change, Guid place, DemoWeek week, Guid by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (name, during) = week.Repair;
        var block = new Block(Guid.CreateVersion7(now), DemoSpaces.Id(place, name), during.Start, during.End, "The lamp is being repaired", by, now);
        await change.InsertAsync(block, place, cancellationToken);
    }

    private async Task RepeatAsync(
        Change change, DemoKnowledge known, DemoWeek week, Guid runner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (demo, rule) = week.Meeting;
        if (known.Wish(demo) is not { } wish)
        {
            return;
        }

        // Before the first of them.
        var asked = now.AddDays(-DemoWeek.Days - 2);
        var (_, booked, _) = await change.PlaceAsync(wish, rule, wish.MemberId, asked, asked.AddMinutes(15), cancellationToken);
        foreach (var held in booked)
        {
            await stay.LiveOnAsync(change, held, DemoEnd.Comes, runner, asked, now, cancellationToken);
        }
    }
}
