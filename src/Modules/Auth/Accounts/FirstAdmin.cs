using Microsoft.Extensions.Options;
using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Auth.Passwords;
using Portico.Contracts.Auth;
using Portico.Platform.Data;

namespace Portico.Auth.Accounts;

/// <summary>Administrators made by whoever runs the machine: at the first start, and by <c>portico admin</c>.</summary>
internal sealed class FirstAdmin(
    Database<AuthModule> database,
    PasswordHashing passwords,
    NewAccounts accounts,
    GivenPasswords given,
    AuthLog log,
    IOptions<AuthOptions> options,
    TimeProvider time)
{
    private const string AnyAdmin = "select exists (select from accounts where role = 'admin' and status = 'active')";

    /// <summary>
    /// Makes the first administrator, with a password to be shown once; null when there is one. Of several processes that
    /// start together one makes it.
    /// </summary>
    public async Task<OneTimePassword?> EnsureAsync(CancellationToken cancellationToken)
    {
        if (await database.FindAsync<bool>(AnyAdmin, null, cancellationToken))
        {
            return null;
        }

        var (password, hash) = await NewPasswordAsync(cancellationToken);
        await using var change = await database.BeginAsync(cancellationToken);
        await change.LockAdminsAsync(cancellationToken);
        if (await change.FindAsync<bool>(AnyAdmin, null, cancellationToken))
        {
            return null;
        }

        // A member may have taken the name before there ever was an administrator.
        var username = await FreeNameAsync(change, options.Value.FirstAdmin, cancellationToken);
        if (await AddAsync(change, username, hash, cancellationToken) is not null)
        {
            throw new AdminRefusedException($"There is an account named {username} already. Set {AuthOptions.Section}:FirstAdmin.");
        }

        await change.CommitAsync(cancellationToken);
        return new(username, password);
    }

    /// <summary>One more administrator.</summary>
    /// <exception cref="AdminRefusedException">The name cannot be used; the message says why.</exception>
    public async Task<OneTimePassword> CreateAsync(string username, CancellationToken cancellationToken)
    {
        if (!Usernames.Valid.IsMatch(username))
        {
            throw new AdminRefusedException("A username is 3 to 32 letters, digits, dots, dashes or underscores.");
        }

        var (password, hash) = await NewPasswordAsync(cancellationToken);
        await using var change = await database.BeginAsync(cancellationToken);
        if (await AddAsync(change, username, hash, cancellationToken) is not null)
        {
            throw new AdminRefusedException($"There is an account named {username} already.");
        }

        await change.CommitAsync(cancellationToken);
        return new(username, password);
    }

    /// <summary>Another password for an account, by its username or e-mail address. Its sessions end and its blocks are lifted.</summary>
    /// <exception cref="AdminRefusedException">There is no such account.</exception>
    public async Task<OneTimePassword> ResetAsync(string login, CancellationToken cancellationToken)
    {
        var (password, hash) = await NewPasswordAsync(cancellationToken);
        var found = await database.FindByLoginAsync(login, cancellationToken);
        await using var change = await database.BeginAsync(cancellationToken);
        if (found is null || await change.LockAccountAsync(found.Id, cancellationToken) is not { } account)
        {
            throw new AdminRefusedException($"There is no account named {login}.");
        }

        await given.SetAsync(change, account, hash, cancellationToken);
        await log.WriteAsync(change, Caller.Operator, LogEntry.Of(LogActions.PasswordGiven, LogOutcomes.Ok, account), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return new(account.Username, password);
    }

    private async Task<(string Password, string Hash)> NewPasswordAsync(CancellationToken cancellationToken)
    {
        var password = OneTimePassword.NewPassword();
        return (password, await passwords.HashUnhurriedAsync(password, cancellationToken));
    }

    private Task<Taken?> AddAsync(Change change, string username, string hash, CancellationToken cancellationToken) => accounts.AddAsync(
        change, Account.New(username, null, null, null, Roles.Admin, hash, mustChangePassword: true, time.GetUtcNow()), Caller.Operator, cancellationToken);

    private static async Task<string> FreeNameAsync(Change change, string wanted, CancellationToken cancellationToken) => (await change.FindAsync<string>(
        """
        select candidate
        from (select @wanted as candidate, 0 as nth
              union all select left(@wanted, 28) || '-' || nth, nth from generate_series(2, 99) as nth) as candidates
        where not exists (select from accounts where status <> 'deleted' and lower(username) = lower(candidate))
        order by nth limit 1
        """, new { wanted }, cancellationToken))!;
}

/// <summary>What was asked for on the command line cannot be done; the message tells the operator why.</summary>
internal sealed class AdminRefusedException(string message) : Exception(message);
