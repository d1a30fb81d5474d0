using Portico.Auth.Domain;
using Portico.Platform.Data;

namespace Portico.Auth.Data;

/// <summary>The accounts table, where more than one feature asks the same.</summary>
internal static class AccountSql
{
    private const string Columns =
        "id, username, email, name, surname, role, status, password_hash, must_change_password, password_set_at, created_at";

    /// <summary>By username or e-mail; deleted accounts have neither.</summary>
    public static Task<Account?> FindByLoginAsync(this Database<AuthModule> database, string login, CancellationToken cancellationToken) =>
        database.FindAsync<Account>(
            $"select {Columns} from accounts where status <> 'deleted' and lower({(login.Contains('@') ? "email" : "username")}) = lower(@login)",
            new { login }, cancellationToken);

    public static Task<Account?> FindAccountAsync(this Database<AuthModule> database, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync<Account>($"select {Columns} from accounts where id = @id", new { id }, cancellationToken);

    public static Task<Account?> FindAccountAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        change.FindAsync<Account>($"select {Columns} from accounts where id = @id", new { id }, cancellationToken);

    /// <summary>
    /// The account unless it is deleted, locked until the end of the change. Every change that needs this lock takes it before
    /// those of sessions, resets and failures: one order, no deadlock.
    /// </summary>
    public static Task<Account?> LockAccountAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        change.FindAsync<Account>(
            $"select {Columns} from accounts where id = @id and status <> 'deleted' for no key update", new { id }, cancellationToken);

    /// <summary>
    /// Makes racing changes of who is an administrator queue before they lock anything else. The trigger that keeps the last one
    /// takes the same lock, but only when it already holds the account's row: an act that came to two accounts in that order
    /// could meet another one half-way, each waiting for the other.
    /// </summary>
    public static Task<int> LockAdminsAsync(this Change change, CancellationToken cancellationToken) =>
        change.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('last-admin', 0))", null, cancellationToken);

    /// <summary>
    /// Makes changes of e-mail addresses queue before they lock an account. Whoever takes an address that is just being given up
    /// waits for the one who does, holding an account whose own address another one may be waiting for: people who exchange
    /// addresses would wait for each other.
    /// </summary>
    public static Task<int> LockAddressesAsync(this Change change, CancellationToken cancellationToken) =>
        change.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('account-addresses', 0))", null, cancellationToken);

    /// <summary>
    /// Gives the account a new password, provided that the one it has is still the one that was looked at. Requests for a reset
    /// end with it.
    /// </summary>
    public static async Task<bool> SetPasswordAsync(
        this Change change, Account seen, string hash, bool mustChange, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changed = await change.ExecuteAsync(
            """
            update accounts set password_hash = @hash, must_change_password = @mustChange, password_set_at = @now
            where id = @Id and status <> 'deleted' and password_set_at = @PasswordSetAt
            """, new { seen.Id, seen.PasswordSetAt, hash, mustChange, now }, cancellationToken);
        await change.DropResetAsync(seen.Id, cancellationToken);
        return changed == 1;
    }

    public static Task<int> DropResetAsync(this Change change, Guid accountId, CancellationToken cancellationToken) =>
        change.ExecuteAsync("delete from password_resets where account_id = @accountId", new { accountId }, cancellationToken);
}
