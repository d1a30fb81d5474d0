using Portico.Contracts.Demo;
using Portico.Members.Data;
using Portico.Members.Domain.Visits;
using Portico.Platform.Data;
using Portico.Platform.Modules;

namespace Portico.Members.Features.Visits;

/// <summary>Two weeks of people coming and going, a few who forgot to scan out, and some who are in.</summary>
internal sealed class DemoVisits(Database<MembersModule> database, TimeProvider time) : IDemoData
{
    private const int Days = 14;

    // The same people at the same hours in every installation.
    private readonly Random chance = new(20250101);

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        if (await database.FindAsync<Guid?>("select id from visits limit 1", null, cancellationToken) is not null)
        {
            return;
        }

        var milano = await Location.FindAsync(database, DemoPlaces.Milano, cancellationToken);
        var newYork = await Location.FindAsync(database, DemoPlaces.NewYork, cancellationToken);
        if (milano is null || newYork is null)
        {
            return;
        }

        await using var change = await database.BeginAsync(cancellationToken);
        foreach (var (number, person) in DemoPeople.Members.Index())
        {
            var (place, kiosk) = number % 3 == 2 ? (newYork, DemoPeople.KioskNewYork) : (milano, DemoPeople.KioskMilano);
            await AddPastAsync(change, person.Id, place, kiosk.Id, cancellationToken);
            if (number < 5)
            {
                await AddOpenAsync(change, person.Id, place, kiosk.Id, number, cancellationToken);
            }
        }

        await change.CommitAsync(cancellationToken);
    }

    private async Task AddPastAsync(Change change, Guid memberId, Location place, Guid kioskId, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(place.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        for (var day = today.AddDays(-Days); day < today; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || chance.Next(10) < 4)
            {
                continue;
            }

            var morning = day.ToDateTime(new TimeOnly(8, 30)).AddMinutes(chance.Next(120));
            var start = new DateTimeOffset(morning, zone.GetUtcOffset(morning)).ToUniversalTime();
            var closesAt = ClosingTime.After(start, place.TimeZone, place.ClosesAt);
            var visit = chance.Next(12) == 0
                ? new Beginning(closesAt, VisitEnd.ClosingTime)
                : new Beginning(start.AddMinutes(chance.Next(180, 540)), VisitEnd.Scan);
            await BeginAsync(change, memberId, new(place.Id, start, closesAt), visit, kioskId, cancellationToken);
        }
    }

    private async Task AddOpenAsync(Change change, Guid memberId, Location place, Guid kioskId, int number, CancellationToken cancellationToken)
    {
        var now = DoorClock.Whole(time.GetUtcNow());
        var start = now.AddMinutes(-10 - (25 * number));
        var closesAt = ClosingTime.After(start, place.TimeZone, place.ClosesAt);
        if (closesAt > now)
        {
            await BeginAsync(change, memberId, new(place.Id, start, closesAt), new(null, null), kioskId, cancellationToken);
        }
    }

    private Task BeginAsync(Change change, Guid memberId, Passage passage, Beginning visit, Guid kioskId, CancellationToken cancellationToken) =>
        change.BeginAsync(Guid.CreateVersion7(time.GetUtcNow()), memberId, passage, visit, Actor.Kiosk(kioskId), cancellationToken);
}
