using Portico.Bookings.Data;
using Portico.Bookings.Domain.Spaces;
using Portico.Contracts.Demo;
using Portico.Platform.Data;
using Portico.Platform.Modules;

namespace Portico.Bookings.Features.Spaces;

/// <summary>Sixty spaces at the demonstration's locations, and what they have and offer.</summary>
internal sealed class DemoSpaces(Database<BookingsModule> database, TimeProvider time) : IDemoData
{
    /// <summary>The id of a location's nth space, counted from 1 in the order of <see cref="DemoFloors.Of"/>.</summary>
    public static Guid Id(Guid place, int number) => Id(place, 1, number);

    public static Guid Id(Guid place, string name) => Id(place, DemoFloors.Of(place).TakeWhile(space => space.Row.Name != name).Count() + 1);

    public static Guid CoffeeId(Guid place) => Id(place, 2, DemoFloors.Amenities.TakeWhile(amenity => amenity.Name != "Coffee and tea").Count() + 1);

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        foreach (var place in DemoPlaces.All)
        {
            await using var change = await database.BeginAsync(cancellationToken);
            await change.LockStructureAsync(place.Id, cancellationToken);
            // Not where somebody has spaces already, and not where nothing new is planned.
            if (await change.FindAsync<bool>(
                """
                select exists (select from locations where id = @Id and retired_at is null)
                    and not exists (select from spaces where location_id = @Id) and not exists (select from amenities where location_id = @Id)
                """, new { place.Id }, cancellationToken))
            {
                await SeedAsync(change, place.Id, cancellationToken);
                await change.CommitAsync(cancellationToken);
            }
        }
    }

    private static Guid Id(Guid place, int kind, int number) =>
        Guid.Parse($"0190a000-0000-7000-8{kind:d3}-{DemoPlaces.All.TakeWhile(other => other.Id != place).Count() + 1:d4}{number:d8}");

    private async Task SeedAsync(Change change, Guid place, CancellationToken cancellationToken)
    {
        Dictionary<string, Guid> amenities = [];
        foreach (var amenity in DemoFloors.Amenities)
        {
            var id = amenities[amenity.Name] = Id(place, 2, amenities.Count + 1);
            await change.ExecuteAsync(
                "insert into amenities (id, location_id, name, unit_price, per_hour, stock) values (@id, @place, @Name, @UnitPrice, @PerHour, @Stock)",
                new { id, place, amenity.Name, amenity.UnitPrice, amenity.PerHour, amenity.Stock }, cancellationToken);
        }

        Dictionary<string, Guid> spaces = [];
        foreach (var space in DemoFloors.Of(place))
        {
            var id = spaces[space.Row.Name] = Id(place, spaces.Count + 1);
            var row = space.Row with { Id = id, LocationId = place, AreaId = space.Area is { } area ? spaces[area] : null, CreatedAt = time.GetUtcNow() };
            await row.InsertAsync(change, CheckInCode.New(), cancellationToken);
            await change.SetAmenitiesAsync(id, [.. (space.Has ?? []).Select(name => amenities[name])], cancellationToken);
            await change.ExecuteAsync(
                "insert into space_parts (space_id, part_id) select @id, part from unnest(@parts) as part",
                new { id, parts = (space.Parts ?? []).Select(name => spaces[name]).ToArray() }, cancellationToken);
        }

        await change.ExecuteAsync("select write_space_units(@place)", new { place }, cancellationToken);
    }
}
