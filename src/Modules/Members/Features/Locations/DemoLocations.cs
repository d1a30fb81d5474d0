using Portico.Contracts.Demo;
using Portico.Platform.Data;
using Portico.Platform.Modules;

namespace Portico.Members.Features.Locations;

/// <summary>Three locations in two time zones and those who run them.</summary>
internal sealed class DemoLocations(Database<MembersModule> database, TimeProvider time) : IDemoData
{
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        foreach (var person in DemoPeople.All)
        {
            // Their registration is on its way, but arrives only once the platform runs.
            await change.ExecuteAsync(
                """
                insert into profiles (id, username, email, name, surname, role, created_at)
                values (@Id, @Username, @Email, @Name, @Surname, @Role, @now)
                on conflict (id) do nothing
                """, new { person.Id, person.Username, person.Email, person.Name, person.Surname, person.Role, now }, cancellationToken);
        }

        (Guid Id, string Name, string TimeZone, string ClosesAt)[] places =
        [
            (DemoPlaces.Milano, "Milano Isola", "Europe/Rome", "22:00"),
            (DemoPlaces.Torino, "Torino San Salvario", "Europe/Rome", "20:00"),
            (DemoPlaces.NewYork, "New York Flatiron", "America/New_York", "23:00"),
        ];
        foreach (var (id, name, timeZone, closesAt) in places)
        {
            await change.ExecuteAsync(
                """
                insert into locations (id, name, time_zone, closes_at, created_at)
                values (@id, @name, @timeZone, @closesAt::time, @now)
                on conflict do nothing
                """, new { id, name, timeZone, closesAt, now }, cancellationToken);
        }

        (Guid Place, DemoPerson Person)[] staff =
        [
            (DemoPlaces.Milano, DemoPeople.Marta),
            (DemoPlaces.Torino, DemoPeople.Marta),
            (DemoPlaces.NewYork, DemoPeople.Giulia),
            (DemoPlaces.Milano, DemoPeople.KioskMilano),
            (DemoPlaces.NewYork, DemoPeople.KioskNewYork),
        ];
        foreach (var (place, person) in staff)
        {
            // Not where somebody has changed the demonstration's locations or roles.
            await change.ExecuteAsync(
                """
                insert into location_staff (location_id, account_id, duty, added_by, added_at)
                select locations.id, profiles.id, profiles.role, profiles.id, @now
                from locations, profiles
                where locations.id = @place and profiles.id = @person and profiles.role = @Role
                on conflict do nothing
                """, new { place, person = person.Id, person.Role, now }, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
    }
}
