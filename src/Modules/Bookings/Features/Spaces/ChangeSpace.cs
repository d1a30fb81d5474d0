using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Npgsql;
using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Spaces;

/// <summary>
/// What is to be different; what is left out stays. <c>null</c> empties description, floor, plan and the minutes after which it is
/// given back, and takes a desk out of its hot-desk area. What is booked already stays as it was booked.
/// </summary>
public sealed record ChangeSpaceRequest : SpaceSettings
{
    [StringLength(100, MinimumLength = 1), RegularExpression(SpaceLimits.NotBlank, ErrorMessage = SpaceLimits.NameNeeded)]
    public string? Name { get; init; }

    [Range(1, SpaceLimits.MostCapacity)]
    public int? Capacity { get; init; }

    /// <summary><c>active</c> or <c>out_of_service</c>: what is booked stays booked, nothing new is.</summary>
    public SpaceStatus? Status { get; init; }

    public Guid? AreaId
    {
        get;
        init => (field, SaysArea) = (value, true);
    }

    [JsonIgnore]
    internal bool SaysArea { get; private init; }
}

internal static class ChangeSpace
{
    public static async Task<Results<Ok<SpaceResponse>, ProblemHttpResult>> Handle(
        Guid id, ChangeSpaceRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Status is SpaceStatus.Retired)
        {
            return Problems.Invalid("status", "A space is retired by its own request, and for good.");
        }

        if (await database.FindRunSpaceAsync(id, user, cancellationToken) is not { } location)
        {
            return BookingProblems.SpaceNotFound();
        }

        await using var change = await database.BeginAsync(cancellationToken);
        await LockAsync(change, location, id, request, cancellationToken);
        var before = (await SpaceRow.LockAsync(change, id, cancellationToken))!;
        if (before.IsRetired)
        {
            return SpaceProblems.Retired();
        }

        var after = before.With(request) with
        {
            Name = request.Name?.Trim() ?? before.Name,
            Capacity = request.Capacity ?? before.Capacity,
            Status = request.Status?.Word() ?? before.Status,
            AreaId = request.SaysArea ? request.AreaId : before.AreaId,
        };
        if (after.Refuse() is { } wrong)
        {
            return Problems.Invalid(wrong.Field, wrong.Wrong);
        }

        var now = time.GetUtcNow();
        if (after.AreaId != before.AreaId && await change.RefuseMoveAsync(after, now, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        try
        {
            await after.UpdateAsync(change, cancellationToken);
        }
        catch (PostgresException e) when (e.ConstraintName == "spaces_name")
        {
            return SpaceProblems.NameTaken();
        }

        if (after.AreaId is { } area && after.AreaId != before.AreaId)
        {
            await change.BlockWithAreaAsync(area, [id], now, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok((await SpaceResponse.FindAsync(database, id, cancellationToken))!);
    }

    // Whoever books it looks at its status under the same lock. Which lock that is changes with the area.
    private static async Task LockAsync(Change change, Guid location, Guid id, ChangeSpaceRequest request, CancellationToken cancellationToken)
    {
        if (request.SaysArea)
        {
            await change.LockStructureAsync(location, cancellationToken);
        }
        else
        {
            await change.LockAsync(location, [id], cancellationToken);
        }

        if (request.Name is not null)
        {
            await change.LockNamesAsync(location, cancellationToken);
        }
    }

    /// <summary>Null when a desk may go to the area that it is to have, or to none. The structure is locked.</summary>
    public static async Task<ProblemHttpResult?> RefuseMoveAsync(this Change change, SpaceRow desk, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (desk.AreaId is not null && !(desk.IsDesk && await change.FindAsync<bool>(
            """
            select exists (select from spaces where id = @AreaId and kind = 'hot_desk_area' and location_id = @LocationId and status <> 'retired')
                and not exists (select from space_parts where space_id = @Id)
            """, desk, cancellationToken)))
        {
            return SpaceProblems.AreaUnfit();
        }

        return await change.RefuseBookedAsync(desk.Id, now, cancellationToken);
    }

    /// <summary>Null when nothing is ahead of the space. What had lapsed stays let go, and that is committed.</summary>
    public static async Task<ProblemHttpResult?> RefuseBookedAsync(this Change change, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ahead = await change.LiveAheadAsync(LiveBookings.OfSpace, id, now, cancellationToken);
        var blocks = await change.BlocksAheadAsync(id, now, cancellationToken);
        if (ahead.Count == 0 && blocks.Count == 0)
        {
            return null;
        }

        await change.CommitAsync(cancellationToken);
        return SpaceProblems.HasBookings(ahead, blocks);
    }
}
