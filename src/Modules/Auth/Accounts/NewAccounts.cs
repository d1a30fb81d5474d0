using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Contracts.Auth;
using Portico.Platform.Data;

namespace Portico.Auth.Accounts;

/// <summary>The one way an account comes into being, whoever makes it.</summary>
internal sealed class NewAccounts(Database<AuthModule> database, AuthLog log)
{
    /// <summary>
    /// Which of the two is taken, or null. Asked before a password is hashed for nothing; the answer may be out of date by
    /// the time the account is added.
    /// </summary>
    public async Task<Taken?> FindTakenAsync(string username, string? email, CancellationToken cancellationToken) => ToTaken(
        await database.FindAsync<string>(WhichIsTaken, new { username, email }, cancellationToken));

    /// <summary>Adds the account and tells the other modules. When a name is taken, that is what the change says in the log, and nothing else.</summary>
    public async Task<Taken?> AddAsync(Change change, Account account, Caller caller, CancellationToken cancellationToken)
    {
        // Of those who race for one name, the unique indexes let one through; the others wait for it and then change nothing.
        var added = await change.ExecuteAsync(
            """
            insert into accounts (id, username, email, name, surname, role, password_hash, must_change_password, password_set_at, created_at)
            values (@Id, @Username, @Email, @Name, @Surname, @Role, @PasswordHash, @MustChangePassword, @PasswordSetAt, @CreatedAt)
            on conflict do nothing
            """, account, cancellationToken);
        if (added == 0)
        {
            var taken = ToTaken(await change.FindAsync<string>(WhichIsTaken, new { account.Username, account.Email }, cancellationToken)) ?? Taken.Username;
            await log.WriteAsync(change, caller, Refused(taken, account.Username), cancellationToken);
            return taken;
        }

        await log.WriteAsync(change, caller, LogEntry.Of(LogActions.Register, LogOutcomes.Ok, account, account.Role), cancellationToken);
        change.Publish(new UserRegistered(
            account.Id, account.Username, account.Email, account.Name, account.Surname, account.Role, account.CreatedAt));
        return null;
    }

    public static LogEntry Refused(Taken taken, string username) =>
        new(LogActions.Register, taken == Taken.Email ? LogOutcomes.EmailTaken : LogOutcomes.UsernameTaken, null, username);

    private const string WhichIsTaken =
        """
        select case when lower(username) = lower(@username) then 'username' else 'email' end from accounts
        where status <> 'deleted' and (lower(username) = lower(@username) or lower(email) = lower(@email))
        order by lower(username) = lower(@username) desc limit 1
        """;

    private static Taken? ToTaken(string? column) => column switch { null => null, "email" => Taken.Email, _ => Taken.Username };
}

/// <summary>Why there can be no such account.</summary>
internal enum Taken
{
    Username,
    Email,
}
