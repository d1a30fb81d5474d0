using Portico.Auth.Domain;
using Portico.Platform.Data;

namespace Portico.Auth.Data;

/// <summary>The accounts table, where more than one feature asks the same.</summary>
internal static class AccountSql
{
    private const string Columns = "id, username, email, name, surname, role, status, password_hash, must_change_password";

    public static Task<int> InsertAccountAsync(this Change change, Account account, DateTimeOffset now, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            insert into accounts (id, username, email, name, surname, role, password_hash, must_change_password, created_at)
            values (@Id, @Username, @Email, @Name, @Surname, @Role, @PasswordHash, @MustChangePassword, @now)
            """,
            new
            {
                account.Id, account.Username, account.Email, account.Name, account.Surname,
                account.Role, account.PasswordHash, account.MustChangePassword, now,
            }, cancellationToken);

    /// <summary>By username or e-mail; deleted accounts have neither.</summary>
    public static Task<Account?> FindByLoginAsync(this Database<AuthModule> database, string login, CancellationToken cancellationToken) =>
        database.FindAsync<Account>(
            $"select {Columns} from accounts where status <> 'deleted' and lower({(login.Contains('@') ? "email" : "username")}) = lower(@login)",
            new { login }, cancellationToken);

    public static Task<Account?> FindAccountAsync(this Database<AuthModule> database, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync<Account>($"select {Columns} from accounts where id = @id", new { id }, cancellationToken);
}
