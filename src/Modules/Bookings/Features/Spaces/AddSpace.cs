using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Features.Locations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Spaces;

/// <summary>
/// A new space. What is left out is as in its hot-desk area, for a desk that has one. For any other: no buffers, booked for 30
/// minutes to a day in steps of 30, up to a year ahead, by everybody, for nothing.
/// </summary>
public sealed record AddSpaceRequest(
    [property: Required] Guid? LocationId,
    [property: Required] SpaceKind? Kind,
    [property: Required, StringLength(100), RegularExpression(SpaceLimits.NotBlank, ErrorMessage = SpaceLimits.NameNeeded)] string Name,
    [property: Range(1, SpaceLimits.MostCapacity)] int? Capacity = null,
    Guid? AreaId = null) : SpaceSettings;

internal static class AddSpace
{
    public static async Task<Results<Created<SpaceResponse>, ProblemHttpResult>> Handle(
        AddSpaceRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (location, kind) = (request.LocationId!.Value, request.Kind!.Value);
        if (request.Capacity is null && kind is not (SpaceKind.Desk or SpaceKind.HotDeskArea))
        {
            return Problems.Invalid("capacity", "Only a desk is for one when nothing is said.");
        }

        if (!await database.RunsAsync(user, location, cancellationToken))
        {
            return LocationProblems.NotFound();
        }

        await using var change = await database.BeginAsync(cancellationToken);
        await change.LockAsync(location, request.AreaId is { } asked ? [asked] : [], cancellationToken);
        await change.LockNamesAsync(location, cancellationToken);
        if (await change.FindAsync<Guid?>("select id from locations where id = @location and retired_at is null for share", new { location }, cancellationToken) is null)
        {
            return LocationProblems.Retired();
        }

        var area = request.AreaId is { } areaId ? await SpaceRow.LockAsync(change, areaId, cancellationToken) : null;
        if (request.AreaId is not null && !(kind is SpaceKind.Desk && area is { IsArea: true, IsRetired: false } && area.LocationId == location))
        {
            return SpaceProblems.AreaUnfit();
        }

        var now = time.GetUtcNow();
        var space = (area is null ? new SpaceRow { LocationId = location, Kind = kind.Word() } : area.NewDesk()).With(request) with
        {
            Id = Guid.CreateVersion7(now), Name = request.Name.Trim(), Capacity = request.Capacity ?? 1, CreatedAt = now,
        };
        if (space.Refuse() is { } wrong)
        {
            return Problems.Invalid(wrong.Field, wrong.Wrong);
        }

        try
        {
            await space.InsertAsync(change, CheckInCode.New(), cancellationToken);
        }
        catch (PostgresException e) when (e.ConstraintName == "spaces_name")
        {
            return SpaceProblems.NameTaken();
        }

        if (area is not null)
        {
            await change.BlockWithAreaAsync(area.Id, [space.Id], now, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/bookings/spaces/{space.Id}", (await SpaceResponse.FindAsync(database, space.Id, cancellationToken))!);
    }
}
