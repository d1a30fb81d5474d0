using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Domain.Invites;
using Portico.Bookings.Features.Locations;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Invites;

/// <summary>For whoever is to manage a location.</summary>
/// <param name="Note">For whom it is, for instance.</param>
public sealed record CreateInviteRequest(
    [property: Required] Guid? LocationId,
    [property: Range(1, 90)] int ExpiresInDays = 7,
    [property: StringLength(200)] string? Note = null);

/// <summary>A new invite.</summary>
/// <param name="Code">Told this once and never again.</param>
public sealed record CreatedInviteResponse(
    Guid Id, string Code, string Role, Guid LocationId, string LocationName, string? Note, DateTimeOffset ExpiresAt);

internal static class CreateInvite
{
    public static async Task<Results<Created<CreatedInviteResponse>, ProblemHttpResult>> Handle(
        CreateInviteRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.HoldPlaceAsync(request.LocationId!.Value, cancellationToken) is not { } place)
        {
            return LocationProblems.NotFound();
        }

        if (place.RetiredAt is not null)
        {
            return LocationProblems.Retired();
        }

        var code = InviteCode.New();
        var note = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim();
        var invite = new CreatedInviteResponse(
            Guid.CreateVersion7(now), code, Roles.Manager, place.Id, place.Name, note, now.AddDays(request.ExpiresInDays));
        await change.ExecuteAsync(
            """
            insert into invites (id, code_hash, role, location_id, note, expires_at, created_by, created_at)
            values (@Id, @hash, @Role, @LocationId, @Note, @ExpiresAt, @by, @now)
            """,
            new { invite.Id, hash = InviteCode.Hash(code), invite.Role, invite.LocationId, invite.Note, invite.ExpiresAt, by = user.Id, now },
            cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/bookings/invites/{invite.Id}", invite);
    }
}
