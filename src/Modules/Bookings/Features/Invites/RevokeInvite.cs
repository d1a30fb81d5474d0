using Portico.Platform.Data;

namespace Portico.Bookings.Features.Invites;

internal static class RevokeInvite
{
    /// <summary>Revoking it twice is revoking it once.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<Invite>("select id, redeemed_at from invites where id = @id for no key update", new { id }, cancellationToken) is not { } invite)
        {
            return InviteProblems.Unknown();
        }

        if (invite.RedeemedAt is not null)
        {
            return InviteProblems.Used();
        }

        await change.ExecuteAsync(
            "update invites set revoked_at = @now where id = @id and revoked_at is null", new { id, now = time.GetUtcNow() }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private sealed record Invite(Guid Id, DateTimeOffset? RedeemedAt);
}
