using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Contracts.Bookings;
using Portico.Contracts.Demo;
using Portico.Platform.Data;
using Portico.Platform.Modules;

namespace Portico.Bookings.Features.Locations;

/// <summary>Three locations in two time zones and those who run them.</summary>
internal sealed class DemoLocations(Database<BookingsModule> database, TimeProvider time) : IDemoData
{
    private static readonly IReadOnlyList<Details> Places =
    [
        new(DemoPlaces.Milano, "Milano", "Via Borsieri 12", "EUR", 22m, true, Week("08:00", "20:00", "09:00", "13:00")),
        new(DemoPlaces.Torino, "Torino", "Via Madama Cristina 51", "EUR", 22m, true, Week("08:30", "19:30")),
        new(DemoPlaces.NewYork, "New York", "23 West 20th Street", "USD", 8.875m, false, Week("07:00", "22:00", "10:00", "18:00")),
    ];

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        foreach (var person in DemoPeople.All)
        {
            // Their registration is on its way, but arrives only once the platform runs.
            await change.ExecuteAsync(
                """
                insert into people (id, username, name, surname, role) values (@Id, @Username, @Name, @Surname, @Role)
                on conflict (id) do nothing
                """, person, cancellationToken);
        }

        foreach (var place in DemoPlaces.All)
        {
            await AddAsync(change, place, Places.Single(details => details.Id == place.Id), now, cancellationToken);
        }

        foreach (var (place, person) in DemoPlaces.Staff)
        {
            await AppointAsync(change, place, person, now, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
    }

    private static async Task AddAsync(Change change, DemoPlace place, Details details, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var added = await change.FindAsync<LocationRow>(
            $"""
            insert into locations (id, name, city, address, time_zone, currency, tax_percent, prices_include_tax, closes_at, opening_hours, created_at)
            values (@Id, @Name, @City, @Address, @TimeZone, @Currency, @TaxPercent, @PricesIncludeTax, @ClosesAt, @hours::jsonb, @now)
            on conflict do nothing
            returning {LocationRow.Columns}
            """,
            new
            {
                place.Id, place.Name, details.City, details.Address, place.TimeZone, details.Currency, details.TaxPercent, details.PricesIncludeTax,
                place.ClosesAt, hours = OpeningHoursJson.Write(details.Week), now,
            },
            cancellationToken);
        if (added is null)
        {
            return;
        }

        change.Publish(added.ToFact(now));
        await change.ExecuteAsync(
            """
            insert into opening_exceptions (location_id, day, hours, reason) values (@Id, @christmas, '[]', 'Christmas')
            """, new { place.Id, christmas = new DateOnly(now.Year, 12, 25) }, cancellationToken);
    }

    private static async Task AppointAsync(Change change, Guid place, DemoPerson person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Not where somebody has changed the demonstration's locations or roles.
        var appointed = await change.ExecuteAsync(
            """
            insert into location_staff (location_id, account_id, duty, added_by, added_at)
            select locations.id, people.id, people.role, people.id, @now
            from locations, people
            where locations.id = @place and people.id = @Id and people.role = @Role
            on conflict do nothing
            """, new { place, person.Id, person.Role, now }, cancellationToken);
        if (appointed == 1)
        {
            change.Publish(new LocationStaffChanged(place, person.Id, person.Role, now));
        }
    }

    private static OpeningRange[] Week(string opens, string closes, string? opensOnSaturday = null, string? closesOnSaturday = null) =>
    [
        .. Enumerable.Range((int)Weekday.Monday, 5).Select(day => new OpeningRange((Weekday)day, opens, closes)),
        .. opensOnSaturday is null ? [] : (OpeningRange[])[new(Weekday.Saturday, opensOnSaturday, closesOnSaturday!)],
    ];

    private sealed record Details(
        Guid Id, string City, string Address, string Currency, decimal TaxPercent, bool PricesIncludeTax, IReadOnlyList<OpeningRange> Week);
}
