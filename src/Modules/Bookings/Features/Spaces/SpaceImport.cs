using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Features.Imports;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Spaces;

/// <summary>A space that a line is about, as it is and as it is to be.</summary>
/// <param name="Before">Null for a new one.</param>
/// <param name="Amenities">Null when they stay.</param>
internal sealed record PlannedSpace(SpaceLine Line, FiledSpace? Before, FiledSpace After, Guid[]? Amenities)
{
    public bool Changes => Before is not null && (After != Before || Amenities is not null);

    public bool ComesToArea => After.AreaId is not null && After.AreaId != Before?.AreaId;
}

/// <summary>What a file is about to do.</summary>
internal sealed record SpacePlan(IReadOnlyList<PlannedSpace> Created, IReadOnlyList<PlannedSpace> Changed)
{
    public async Task WriteAsync(Change change, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Names may go round: each is given up before another takes it.
        await change.ExecuteAsync(
            "select id from spaces where id = any(@changed) order by id for no key update; update spaces set name = id::text where id = any(@renamed)",
            new
            {
                changed = Changed.Select(space => space.After.Id).ToArray(),
                renamed = Changed.Where(space => space.After.Name != space.Before!.Name).Select(space => space.After.Id).ToArray(),
            }, cancellationToken);
        foreach (var space in Created.OrderBy(space => space.After.IsDesk))
        {
            await space.After.InsertAsync(change, CheckInCode.New(), cancellationToken);
        }

        foreach (var space in Changed)
        {
            await space.After.UpdateAsync(change, cancellationToken);
        }

        foreach (var space in Created.Concat(Changed))
        {
            if (space.Amenities is { } amenities)
            {
                await change.SetAmenitiesAsync(space.After.Id, amenities, cancellationToken);
            }
        }

        foreach (var desks in Created.Concat(Changed).Where(space => space.ComesToArea).GroupBy(space => space.After.AreaId!.Value, space => space.After.Id))
        {
            await change.BlockWithAreaAsync(desks.Key, [.. desks], now, cancellationToken);
        }
    }
}

/// <summary>Finds out what a file means, and tells its lines what is wrong with them.</summary>
internal sealed class SpaceImport
{
    private readonly Dictionary<Guid, FiledSpace> spaces;
    private readonly Dictionary<(Guid Location, string Name), Guid> byName;
    private readonly Dictionary<(Guid Location, string Name), Guid> amenities;
    private readonly HashSet<Guid> wholes;
    private readonly FoldedNames folded;

    private SpaceImport(IReadOnlyList<FiledSpace> spaces, IReadOnlyList<Named> amenities, IReadOnlyList<Guid> wholes, FoldedNames folded)
    {
        this.folded = folded;
        this.spaces = spaces.ToDictionary(space => space.Id);
        byName = spaces.Where(space => !space.IsRetired).ToDictionary(space => (space.LocationId, folded[space.Name]), space => space.Id);
        this.amenities = amenities.ToDictionary(amenity => (amenity.LocationId, folded[amenity.Name]), amenity => amenity.Id);
        this.wholes = [.. wholes];
    }

    /// <param name="look">Only to look: nobody has to wait for that.</param>
    public static async Task<SpacePlan> PlanAsync(
        Change change, IReadOnlyList<SpaceLine> lines, CurrentUser user, DateTimeOffset now, bool look, CancellationToken cancellationToken)
    {
        var folded = new FoldedNames();
        await folded.AddAsync(change, lines.SelectMany(line => line.Amenities.Append(line.Location).Append(line.Area).Append(line.Settings.Name)), cancellationToken);
        var located = await LocateAsync(change, lines, folded, user, cancellationToken);
        Guid[] locations = [.. located.Values.Distinct().Order()];
        foreach (var location in look ? [] : locations)
        {
            await change.LockStructureAsync(location, cancellationToken);
            await change.LockNamesAsync(location, cancellationToken);
        }

        var spaces = await change.QueryAsync<FiledSpace>(
            $"select {FiledSpace.FileColumns} from {FiledSpace.From} where space.location_id = any(@locations)", new { locations }, cancellationToken);
        var amenities = await change.QueryAsync<Named>(
            "select id, location_id, name from amenities where location_id = any(@locations) and retired_at is null", new { locations }, cancellationToken);
        var wholes = await change.QueryAsync<Guid>(
            "select distinct space_id from space_parts join spaces on spaces.id = space_id where location_id = any(@locations)", new { locations }, cancellationToken);
        await folded.AddAsync(change, [.. spaces.Select(space => space.Name), .. amenities.Select(amenity => amenity.Name)], cancellationToken);
        var import = new SpaceImport(spaces, amenities, wholes, folded);
        var planned = import.Plan(lines, located, now);
        await RefuseBookedAsync(change, planned, now, cancellationToken);
        return new([.. planned.Where(space => space.Before is null)], [.. planned.Where(space => space.Changes)]);
    }

    /// <summary>Where the lines' spaces are, or are to be.</summary>
    private static async Task<Dictionary<SpaceLine, Guid>> LocateAsync(
        Change change, IReadOnlyList<SpaceLine> lines, FoldedNames folded, CurrentUser user, CancellationToken cancellationToken)
    {
        var places = await change.QueryAsync<Place>(
            $"""
            select location_id, name, retired_at is not null as is_retired
            from (select id as location_id, name, retired_at from locations) as places where {LocationScope.Sql}
            """, new { isAdmin = user.IsAdmin, userId = LocationScope.RunnerOf(user) }, cancellationToken);
        await folded.AddAsync(change, places.Select(place => place.Name), cancellationToken);
        var open = places.Where(place => !place.IsRetired).ToDictionary(place => folded[place.Name]);
        var run = places.ToDictionary(place => place.LocationId);
        var known = (await change.QueryAsync<Known>(
            "select id, location_id from spaces where id = any(@ids)", new { ids = lines.Select(line => line.Id).OfType<Guid>().ToArray() }, cancellationToken))
            .Where(space => run.ContainsKey(space.LocationId)).ToDictionary(space => space.Id, space => space.LocationId);
        Dictionary<SpaceLine, Guid> located = new(ReferenceEqualityComparer.Instance);
        foreach (var line in lines)
        {
            if (line.Id is { } id)
            {
                if (!known.TryGetValue(id, out var location))
                {
                    line.Cells.Fault("id", "There is no such space at a location you run.");
                }
                else if (line.Location is not null && folded[run[location].Name] != folded[line.Location])
                {
                    line.Cells.Fault("location", "The space is at another location, and stays there.");
                }
                else
                {
                    located[line] = location;
                }
            }
            else if (line.Location is not null && !open.ContainsKey(folded[line.Location]))
            {
                line.Cells.Fault("location", "You run no such location.");
            }
            else if (line.Location is not null)
            {
                located[line] = open[folded[line.Location]].LocationId;
            }
        }

        return located;
    }

    private static async Task RefuseBookedAsync(Change change, IEnumerable<PlannedSpace> planned, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var desk in planned.Where(space => space.Before is not null && space.After.AreaId != space.Before.AreaId))
        {
            if ((await change.LiveAheadAsync(LiveBookings.OfSpace, desk.After.Id, now, cancellationToken)).Count > 0
                || (await change.BlocksAheadAsync(desk.After.Id, now, cancellationToken)).Count > 0)
            {
                desk.Line.Cells.Fault("area", "The desk is booked or blocked in times to come.");
            }
        }
    }

    private List<PlannedSpace> Plan(IReadOnlyList<SpaceLine> lines, Dictionary<SpaceLine, Guid> located, DateTimeOffset now)
    {
        Dictionary<Guid, PlannedSpace> planned = [];
        foreach (var line in lines)
        {
            if (located.TryGetValue(line, out var location) && PlanLine(line, location, now) is { } space && !planned.TryAdd(space.After.Id, space))
            {
                line.Cells.Fault(null, $"Line {planned[space.After.Id].Line.Cells.Line} is about the same space.");
            }
        }

        var names = NamesAfter(planned);
        return [.. planned.Values.Select(space => space with { After = space.After with { AreaId = AreaOf(space, planned, names) } })];
    }

    private PlannedSpace? PlanLine(SpaceLine line, Guid location, DateTimeOffset now)
    {
        if (line is not { Kind: { } kind, Settings.Name: { } name })
        {
            return null;
        }

        var id = line.Id ?? (byName.TryGetValue((location, folded[name]), out var named) ? named : null as Guid?);
        var before = id is { } known ? spaces[known] : null;
        if (before is not null && before.Kind != kind.Word())
        {
            line.Cells.Fault("kind", $"The space is a {before.Kind}, and stays one.");
        }

        if (line.Settings.Capacity is null && before is null && kind is not (SpaceKind.Desk or SpaceKind.HotDeskArea))
        {
            line.Cells.Fault("capacity", "This is needed.");
        }

        var start = before ?? new FiledSpace { Id = Guid.CreateVersion7(now), LocationId = location, Kind = kind.Word(), CreatedAt = now };
        var after = (FiledSpace)start.With(line.Settings) with
        {
            Name = name, Capacity = line.Settings.Capacity ?? start.Capacity, Status = line.Settings.Status?.Word() ?? start.Status,
        };
        if (after.Refuse() is { } wrong)
        {
            line.Cells.Fault(wrong.Field, wrong.Wrong);
        }

        if (after.Status == SpaceStatus.Retired.Word() && !start.IsRetired)
        {
            line.Cells.Fault("status", "A space is retired by its own request, and for good.");
        }

        var wanted = AmenitiesOf(line, location);
        var has = before?.Amenities?.Split("; ") ?? [];
        return new(line, before, after, wanted.Keys.ToHashSet().SetEquals(has.Select(name => folded[name])) ? null : [.. wanted.Values]);
    }

    private Dictionary<string, Guid> AmenitiesOf(SpaceLine line, Guid location)
    {
        Dictionary<string, Guid> wanted = [];
        foreach (var name in line.Amenities)
        {
            if (amenities.TryGetValue((location, folded[name]), out var amenity))
            {
                wanted[folded[name]] = amenity;
            }
            else
            {
                line.Cells.Fault("amenities", $"The location has no {name}.");
            }
        }

        return wanted;
    }

    private Dictionary<(Guid Location, string Name), Guid> NamesAfter(Dictionary<Guid, PlannedSpace> planned)
    {
        var names = byName.Where(name => !planned.ContainsKey(name.Value)).ToDictionary();
        foreach (var space in planned.Values.Where(space => !space.After.IsRetired))
        {
            if (!names.TryAdd((space.After.LocationId, folded[space.After.Name]), space.After.Id))
            {
                space.Line.Cells.Fault("name", "The location has a space with this name.");
            }
        }

        return names;
    }

    private Guid? AreaOf(PlannedSpace space, Dictionary<Guid, PlannedSpace> planned, Dictionary<(Guid Location, string Name), Guid> names)
    {
        // A retired one keeps the area it was in, whatever that is called now.
        if (space.After.IsRetired)
        {
            RefuseRetired(space);
            return space.After.AreaId;
        }

        if (space.Line.Area is not { } name)
        {
            return null;
        }

        var isArea = names.TryGetValue((space.After.LocationId, folded[name]), out var area) && (planned.GetValueOrDefault(area)?.After ?? spaces[area]).IsArea;
        if (!isArea || !space.After.IsDesk || wholes.Contains(space.After.Id))
        {
            space.Line.Cells.Fault("area", "A desk without parts can be in a hot-desk area of its location.");
            return space.After.AreaId;
        }

        return area;
    }

    private static void RefuseRetired(PlannedSpace space)
    {
        if (space.Changes)
        {
            space.Line.Cells.Fault("id", "The space is retired: nothing about it changes any more.");
        }
    }

    private sealed record Place(Guid LocationId, string Name, bool IsRetired);

    private sealed record Known(Guid Id, Guid LocationId);

    private sealed record Named(Guid Id, Guid LocationId, string Name);
}
