using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Spaces;

/// <summary>What the space consists of: all of it, none when empty.</summary>
public sealed record SetPartsRequest([property: Required, MaxLength(SpaceLimits.MostParts)] IReadOnlyList<Guid> PartIds);

/// <summary>Why something cannot be a part of a space.</summary>
internal enum PartProblem
{
    Unknown,
    Elsewhere,
    Retired,

    /// <summary>What is booked of an area is one of its desks: those can be parts.</summary>
    HotDeskArea,

    /// <summary>It is the space itself, or has it as a part.</summary>
    Circle,
}

internal static class SetParts
{
    public static async Task<Results<Ok<SpaceResponse>, ProblemHttpResult>> Handle(
        Guid id, SetPartsRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await database.FindRunSpaceAsync(id, user, cancellationToken) is not { } location)
        {
            return BookingProblems.SpaceNotFound();
        }

        Guid[] parts = [.. request.PartIds.Distinct()];
        await using var change = await database.BeginAsync(cancellationToken);
        // Nobody gives time away at the location meanwhile: what a booking takes is about to change.
        await change.LockStructureAsync(location, cancellationToken);
        var whole = (await SpaceRow.LockAsync(change, id, cancellationToken))!;
        if (whole.IsRetired)
        {
            return SpaceProblems.Retired();
        }

        if (parts.Length > 0 && (whole.IsArea || whole.AreaId is not null))
        {
            return Problems.Unprocessable("parts-unfit", "Neither a hot-desk area nor a desk in one consists of others.");
        }

        if (await UnfitAsync(change, whole, parts, cancellationToken) is { Count: > 0 } unfit)
        {
            return Problems.Unprocessable("parts-unfit", "Some of these cannot be parts of it.", ("parts", unfit));
        }

        var before = await change.QueryAsync<Guid>("select part_id from space_parts where space_id = @id", new { id }, cancellationToken);
        if (!before.ToHashSet().SetEquals(parts))
        {
            if (await change.RefuseBookedAsync(id, time.GetUtcNow(), cancellationToken) is { } refusal)
            {
                return refusal;
            }

            await change.ExecuteAsync(
                """
                delete from space_parts where space_id = @id;
                insert into space_parts (space_id, part_id) select @id, part from unnest(@parts) as part;
                select write_space_units(@location);
                """, new { id, parts, location }, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok((await SpaceResponse.FindAsync(database, id, cancellationToken))!);
    }

    private static async Task<IReadOnlyList<UnfitPart>> UnfitAsync(Change change, SpaceRow whole, Guid[] parts, CancellationToken cancellationToken)
    {
        var known = (await change.QueryAsync<Part>(
            """
            select part.id, part.location_id, part.kind, part.status,
                   exists (select from space_units where space_id = part.id and unit_id = @Id) as has_whole
            from spaces as part where part.id = any(@parts)
            """, new { whole.Id, parts }, cancellationToken)).ToDictionary(part => part.Id);
        return
        [
            .. from id in parts
               let problem = known.GetValueOrDefault(id) switch
               {
                   null => PartProblem.Unknown,
                   var part when part.LocationId != whole.LocationId => PartProblem.Elsewhere,
                   { Status: "retired" } => PartProblem.Retired,
                   { Kind: "hot_desk_area" } => PartProblem.HotDeskArea,
                   { HasWhole: true } => PartProblem.Circle,
                   _ => (PartProblem?)null,
               }
               where problem is not null
               select new UnfitPart(id, problem.Value),
        ];
    }

    private sealed record Part(Guid Id, Guid LocationId, string Kind, string Status, bool HasWhole);

    private sealed record UnfitPart(Guid Id, PartProblem Reason);
}
