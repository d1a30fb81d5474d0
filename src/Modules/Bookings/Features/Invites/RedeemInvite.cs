using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Invites;
using Portico.Bookings.Features.Locations;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Invites;

/// <summary>What the invite says, with or without its dashes.</summary>
public sealed record RedeemInviteRequest([property: Required, StringLength(InviteCode.Longest, MinimumLength = 1)] string Code);

/// <summary>What one is from now on. The role comes in a moment and ends one's sessions: sign in again then.</summary>
public sealed record RedeemedInviteResponse(string Role, Guid LocationId, string LocationName);

internal static class RedeemInvite
{
    public static async Task<Results<Ok<RedeemedInviteResponse>, ProblemHttpResult>> Handle(
        RedeemInviteRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        // Those who redeem one at the same time queue here, and see what the one before them left.
        if (InviteCode.Hash(request.Code) is not { } hash || await change.FindAsync<Invite>(
            """
            select id, role, location_id, expires_at, created_by, redeemed_at, revoked_at from invites where code_hash = @hash for no key update
            """, new { hash }, cancellationToken) is not { } invite)
        {
            return InviteProblems.Unknown();
        }

        if (Refuse(invite, now) is { } refusal)
        {
            return refusal;
        }

        await change.EnsurePersonAsync(user.Id, cancellationToken);
        if (await change.FindAsync<string>("select status from people where id = @Id for no key update", new { user.Id }, cancellationToken) != "active")
        {
            return Problems.Unprocessable("member-inactive", "The account is suspended or deleted.");
        }

        var place = (await change.HoldPlaceAsync(invite.LocationId, cancellationToken))!;
        if (place.RetiredAt is not null)
        {
            return LocationProblems.Retired();
        }

        await change.ExecuteAsync(
            """
            update invites set redeemed_by = @userId, redeemed_at = @now where id = @Id;
            insert into location_staff as staff (location_id, account_id, duty, added_by, added_at, invite_id)
            values (@LocationId, @userId, @Role, @CreatedBy, @now, @Id)
            on conflict (location_id, account_id) do update set duty = excluded.duty, invite_id = excluded.invite_id;
            """, new { invite.Id, invite.LocationId, invite.Role, invite.CreatedBy, userId = user.Id, now }, cancellationToken);
        change.Publish(new LocationStaffChanged(invite.LocationId, user.Id, invite.Role, now));
        change.Publish(new InviteRedeemed(invite.Id, user.Id, invite.Role, invite.LocationId, invite.CreatedBy, now));
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new RedeemedInviteResponse(invite.Role, place.Id, place.Name));
    }

    private static ProblemHttpResult? Refuse(Invite invite, DateTimeOffset now) => invite switch
    {
        { RedeemedAt: not null } => InviteProblems.Used(),
        { RevokedAt: not null } => Problems.Gone("invite-revoked", "The invite was taken back. Ask for a new one."),
        _ when invite.ExpiresAt <= now => Problems.Gone("invite-expired", "The invite has expired. Ask for a new one."),
        _ => null,
    };

    private sealed record Invite(
        Guid Id, string Role, Guid LocationId, DateTimeOffset ExpiresAt, Guid CreatedBy, DateTimeOffset? RedeemedAt, DateTimeOffset? RevokedAt);
}
