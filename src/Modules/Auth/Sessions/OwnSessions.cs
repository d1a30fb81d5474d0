using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Auth.Sessions;

/// <summary>Ends sessions of whoever asks.</summary>
internal sealed class OwnSessions(Database<AuthModule> database, CurrentUser user, EndedSessions sessions, AuthLog log)
{
    /// <summary>Answers how many ended; none is not worth a line in the log.</summary>
    /// <param name="only">Which one; null for all.</param>
    public async Task<int> EndAsync(
        Guid? only, string reason, Caller caller, Func<Account, int, LogEntry> entry, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockAccountAsync(user.Id, cancellationToken) is not { } account)
        {
            return 0;
        }

        var ended = only is { } id
            ? await sessions.EndOneAsync(change, account.Id, id, reason, cancellationToken)
            : await sessions.EndAllAsync(change, account.Id, reason, cancellationToken);
        if (ended > 0)
        {
            await log.WriteAsync(change, caller, entry(account, ended), cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        return ended;
    }
}
