using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Spaces;

/// <summary>So many new desks, named by the prefix and the next free numbers: <c>Desk 1</c>, <c>Desk 2</c>. They are booked like their area.</summary>
public sealed record AddDesksRequest(
    [property: Required, Range(1, SpaceLimits.MostDesksAtOnce)] int? Count,
    [property: StringLength(90, MinimumLength = 1), RegularExpression(SpaceLimits.NotBlank, ErrorMessage = SpaceLimits.NameNeeded)] string NamePrefix = "Desk");

internal static class AddDesks
{
    public static async Task<Results<Created<IReadOnlyList<NamedPlace>>, ProblemHttpResult>> Handle(
        Guid id, AddDesksRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await database.FindRunSpaceAsync(id, user, cancellationToken) is not { } location)
        {
            return BookingProblems.SpaceNotFound();
        }

        var (now, prefix) = (time.GetUtcNow(), request.NamePrefix.Trim());
        await using var change = await database.BeginAsync(cancellationToken);
        await change.LockAsync(location, [id], cancellationToken);
        await change.LockNamesAsync(location, cancellationToken);
        var area = (await SpaceRow.LockAsync(change, id, cancellationToken))!;
        if (area.IsRetired)
        {
            return SpaceProblems.Retired();
        }

        if (!area.IsArea)
        {
            return Problems.Unprocessable("not-a-hot-desk-area", "Only a hot-desk area has desks.");
        }

        var names = await change.QueryAsync<string>(
            """
            select @prefix || ' ' || number
            from generate_series(1, @Count + (select count(*) from spaces where location_id = @location)) as number
            where not exists (
                select from spaces where location_id = @location and status <> 'retired' and lower(name) = lower(@prefix || ' ' || number))
            order by number
            limit @Count
            """, new { location, prefix, request.Count }, cancellationToken);
        List<NamedPlace> desks = [];
        foreach (var name in names)
        {
            var desk = area.NewDesk() with { Id = Guid.CreateVersion7(now), Name = name, CreatedAt = now };
            await desk.InsertAsync(change, CheckInCode.New(), cancellationToken);
            desks.Add(new(desk.Id, name));
        }

        await change.BlockWithAreaAsync(id, [.. desks.Select(desk => desk.Id)], now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/bookings/spaces?area_id={id}", (IReadOnlyList<NamedPlace>)desks);
    }
}
