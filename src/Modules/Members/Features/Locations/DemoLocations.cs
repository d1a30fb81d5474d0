using Portico.Contracts.Demo;
using Portico.Platform.Data;
using Portico.Platform.Modules;

namespace Portico.Members.Features.Locations;

/// <summary>
/// The demonstration's people and places, which other demonstration data needs now. What Auth and Bookings say of them is on
/// its way, but arrives only once the platform runs.
/// </summary>
internal sealed class DemoLocations(Database<MembersModule> database, TimeProvider time) : IDemoData
{
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        foreach (var person in DemoPeople.All)
        {
            await change.ExecuteAsync(
                """
                insert into profiles (id, username, email, name, surname, role, created_at)
                values (@Id, @Username, @Email, @Name, @Surname, @Role, @now)
                on conflict (id) do nothing
                """, new { person.Id, person.Username, person.Email, person.Name, person.Surname, person.Role, now }, cancellationToken);
        }

        foreach (var place in DemoPlaces.All)
        {
            await change.ExecuteAsync(
                "insert into locations (id, name, time_zone, closes_at) values (@Id, @Name, @TimeZone, @ClosesAt) on conflict do nothing",
                place, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
    }
}
