using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Sessions;
using Portico.Auth.Throttling;
using Portico.Platform.Data;

namespace Portico.Auth.Accounts;

/// <summary>Takes everything out of Auth's database that tells who somebody was.</summary>
internal sealed class Anonymising(EndedSessions sessions, TimeProvider time)
{
    private const int EndOfId = 12;

    /// <param name="account">Locked by this change.</param>
    public async Task ApplyAsync(Change change, Account account, CancellationToken cancellationToken)
    {
        // The random end of the id: its beginning is the time, which many may share.
        var username = $"deleted-{account.Id.ToString("N")[^EndOfId..]}";
        await change.ExecuteAsync(
            """
            update accounts
            set status = 'deleted', username = @username, email = null, name = null, surname = null, status_reason = null,
                password_hash = null, must_change_password = false, deleted_at = @now
            where id = @Id
            """, new { account.Id, username, now = time.GetUtcNow() }, cancellationToken);
        await change.DropResetAsync(account.Id, cancellationToken);
        await change.UnlockAsync(account, cancellationToken);
        await sessions.EndAllAsync(change, account.Id, EndReasons.Deleted, cancellationToken);
        await change.ExecuteAsync("delete from sessions where account_id = @Id", new { account.Id }, cancellationToken);
        await change.ExecuteAsync(
            """
            update auth_log set username = '', detail = case when action = 'suspend' then null else detail end
            where account_id = @Id or (account_id is null and lower(username) in (lower(@Username), lower(@Email)))
            """, new { account.Id, account.Username, account.Email }, cancellationToken);
    }
}
