using Portico.Platform.Data;

namespace Portico.Auth.Log;

/// <summary>Writes down every outcome: with the change it belongs to, or alone when nothing else is changed.</summary>
internal sealed class AuthLog(Database<AuthModule> database, AuthMeter meter, TimeProvider time)
{
    public async Task WriteAsync(Caller caller, LogEntry entry, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await WriteAsync(change, caller, entry, cancellationToken);
        await change.CommitAsync(cancellationToken);
    }

    public async Task WriteAsync(Change change, Caller caller, LogEntry entry, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await change.ExecuteAsync(
            """
            insert into auth_log (id, at, action, outcome, account_id, username, actor_id, address, agent, detail)
            values (@id, @now, @Action, @Outcome, @AccountId, @Username, @actorId, @Address, @Agent, @Detail)
            """,
            new
            {
                id = Guid.CreateVersion7(now), now, entry.Action, entry.Outcome, entry.AccountId, entry.Username,
                actorId = caller.AccountId, caller.Address, caller.Agent, entry.Detail,
            }, cancellationToken);
        if (entry.Action == LogActions.Login)
        {
            change.AfterCommit(() => meter.LoggedIn(entry.Outcome));
        }
    }
}
