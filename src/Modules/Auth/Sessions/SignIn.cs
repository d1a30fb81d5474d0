using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Auth.Passwords;
using Portico.Auth.Throttling;
using Portico.Platform.Data;

namespace Portico.Auth.Sessions;

/// <summary>Begins a session for somebody whose password was right a moment ago.</summary>
internal sealed class SignIn(
    Database<AuthModule> database, PasswordHashing passwords, SessionStart sessions, AuthLog log, TimeProvider time)
{
    /// <summary>
    /// Null when the account was suspended, or its password replaced, before or meanwhile. The update waits for whoever is
    /// doing that, and whoever does it next waits for this session to be there, and ends it.
    /// </summary>
    public async Task<(Account Account, SessionTokens Tokens)?> BeginAsync(
        Account seen, string password, bool remember, Tried tried, Caller caller, CancellationToken cancellationToken)
    {
        if (!seen.IsActive)
        {
            return null;
        }

        var hash = passwords.NeedsRehash(seen.PasswordHash!) ? await passwords.HashAsync(password, cancellationToken) : seen.PasswordHash!;
        await using var change = await database.BeginAsync(cancellationToken);
        var now = await change.FindAsync<Current>(
            """
            update accounts set last_login_at = @now, password_hash = @hash
            where id = @Id and status = 'active' and password_set_at = @PasswordSetAt
            returning role, must_change_password
            """, new { seen.Id, seen.PasswordSetAt, hash, now = time.GetUtcNow() }, cancellationToken);
        if (now is null)
        {
            return null;
        }

        var account = seen with { Role = now.Role, MustChangePassword = now.MustChangePassword };
        var tokens = await sessions.BeginAsync(change, account, caller, remember, cancellationToken);
        await change.ForgetFailuresAsync(tried, cancellationToken);
        await log.WriteAsync(change, caller, LogEntry.Of(LogActions.Login, LogOutcomes.Ok, account), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return (account, tokens);
    }

    private sealed record Current(string Role, bool MustChangePassword);
}
