using Npgsql;
using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Admin;

/// <summary>
/// What all acts of administrators on an account have in common: one after the other, on a locked account that is not deleted,
/// with an entry in the log, and never against the last administrator.
/// </summary>
internal sealed class AccountActs(Database<AuthModule> database, AuthLog log)
{
    private const string LastAdminState = "PT001"; // raised by the trigger keep_an_admin

    /// <summary>Does it and answers the account as it is then.</summary>
    /// <param name="action">One of <see cref="LogActions"/>.</param>
    /// <param name="act">Says false when there is nothing to do: then nothing is written.</param>
    public async Task<Results<Ok<UserResponse>, ProblemHttpResult>> DoAsync(
        Guid id, Caller caller, string action, string? detail, Func<Change, Account, Task<bool>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(id, caller, action, detail, act, cancellationToken) is { } user ? TypedResults.Ok(user) : UserSql.NotFound();
        }
        catch (PostgresException e) when (e.SqlState == LastAdminState)
        {
            await RefusedAsync(id, caller, action, detail, cancellationToken);
            return Problems.Conflict("last-admin", "This is the last active administrator. Make somebody else one first.");
        }
    }

    private async Task<UserResponse?> TryAsync(
        Guid id, Caller caller, string action, string? detail, Func<Change, Account, Task<bool>> act, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.LockAdminsAsync(cancellationToken);
        if (await change.LockAccountAsync(id, cancellationToken) is not { } account)
        {
            return null;
        }

        if (await act(change, account))
        {
            // A deletion is the first thing that the log knows of somebody without a name.
            var name = action == LogActions.Delete ? "" : account.Username;
            await log.WriteAsync(change, caller, new(action, LogOutcomes.Ok, id, name, detail), cancellationToken);
        }

        var user = await change.FindUserAsync(id, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return user;
    }

    private async Task RefusedAsync(Guid id, Caller caller, string action, string? detail, CancellationToken cancellationToken)
    {
        if (await database.FindAccountAsync(id, cancellationToken) is { } account)
        {
            await log.WriteAsync(caller, LogEntry.Of(action, LogOutcomes.LastAdmin, account, detail), cancellationToken);
        }
    }
}
