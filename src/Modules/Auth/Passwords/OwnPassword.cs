using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Auth.Sessions;
using Portico.Auth.Throttling;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Auth.Passwords;

/// <summary>A password that its owner has chosen takes the place of the last one.</summary>
internal sealed class OwnPassword(
    Database<AuthModule> database, EndedSessions sessions, TokenIssuer issuer, AuthLog log, TimeProvider time)
{
    /// <summary>
    /// Ends the other sessions and answers another access token for this one; null when the password was replaced since it was
    /// looked at, or the session ended.
    /// </summary>
    public async Task<SessionTokens?> ReplaceAsync(
        Account seen, string hash, Guid sessionId, Tried tried, Caller caller, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (!await change.SetPasswordAsync(seen, hash, mustChange: false, time.GetUtcNow(), cancellationToken)
            || await EndOfAsync(change, sessionId, cancellationToken) is not { } sessionEnds)
        {
            return null;
        }

        await sessions.EndOthersAsync(change, seen.Id, sessionId, EndReasons.PasswordChanged, cancellationToken);
        await change.ForgetFailuresAsync(tried, cancellationToken);
        await log.WriteAsync(change, caller, LogEntry.Of(LogActions.PasswordChange, LogOutcomes.Ok, seen), cancellationToken);
        await change.CommitAsync(cancellationToken);
        var (token, expiresAt) = issuer.IssueAccess(seen.Id, sessionId, seen.Role, mustChangePassword: false, sessionEnds);
        return new(token, expiresAt, null, null);
    }

    /// <summary>
    /// The same by somebody who proved with a link who they are: ends every session and lifts the account's blocks. False when the
    /// link was used, replaced or out of time meanwhile.
    /// </summary>
    public async Task<bool> ResetAsync(PendingReset reset, string hash, Caller caller, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockAccountAsync(reset.AccountId, cancellationToken) is not { IsActive: true } account
            || await change.ExecuteAsync(
                "delete from password_resets where account_id = @AccountId and token_hash = @TokenHash and expires_at > @now",
                new { reset.AccountId, reset.TokenHash, now = time.GetUtcNow() }, cancellationToken) == 0)
        {
            return false;
        }

        await change.SetPasswordAsync(account, hash, mustChange: false, time.GetUtcNow(), cancellationToken);
        await change.UnlockAsync(account, cancellationToken);
        await sessions.EndAllAsync(change, account.Id, EndReasons.PasswordReset, cancellationToken);
        await log.WriteAsync(change, caller, LogEntry.Of(LogActions.PasswordReset, LogOutcomes.Ok, account), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return true;
    }

    private static Task<DateTimeOffset?> EndOfAsync(Change change, Guid sessionId, CancellationToken cancellationToken) =>
        change.FindAsync<DateTimeOffset?>("select expires_at from sessions where id = @sessionId and ended_at is null", new { sessionId }, cancellationToken);
}

/// <summary>A link to a new password that is still good, and what the rules for passwords ask of its account.</summary>
internal sealed record PendingReset(Guid AccountId, byte[] TokenHash, string Username, string? Email);
