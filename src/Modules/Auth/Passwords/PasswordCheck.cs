using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Auth.Throttling;
using Portico.Platform.Data;

namespace Portico.Auth.Passwords;

/// <summary>
/// Whether somebody knows the password: the same questions, the same work and the same answers whether there is such an
/// account or not. No database connection is held while a password is hashed.
/// </summary>
internal sealed class PasswordCheck(Database<AuthModule> database, PasswordHashing passwords, LoginThrottle throttle, AuthLog log)
{
    /// <param name="action">What it is wanted for, for the log.</param>
    /// <param name="login">The name or e-mail address as it was typed.</param>
    public async Task<PasswordVerdict> CheckAsync(
        string action, string login, Account? account, string password, Caller caller, CancellationToken cancellationToken)
    {
        var tried = await throttle.TriedAsync(login, account, caller, cancellationToken);
        if (await throttle.BlockedAsync(tried, cancellationToken) is { } wait)
        {
            await log.WriteAsync(caller, Entry(action, LogOutcomes.Blocked, login, account), cancellationToken);
            return new(false, wait, tried);
        }

        if (!await VerifyAsync(account, password, cancellationToken))
        {
            return await RefuseAsync(action, login, account, tried, caller, cancellationToken);
        }

        // Guesses may have failed while this one was hashed. Of many sent at once only the first few may be answered.
        if (await throttle.BlockedAsync(tried, cancellationToken) is { } late)
        {
            await log.WriteAsync(caller, Entry(action, LogOutcomes.Blocked, login, account), cancellationToken);
            return new(false, late, tried);
        }

        return new(true, null, tried);
    }

    private async Task<bool> VerifyAsync(Account? account, string password, CancellationToken cancellationToken)
    {
        if (account?.PasswordHash is { } hash)
        {
            return await passwords.VerifyAsync(password, hash, cancellationToken);
        }

        await passwords.BurnAsync(password, cancellationToken);
        return false;
    }

    private async Task<PasswordVerdict> RefuseAsync(
        string action, string login, Account? account, Tried tried, Caller caller, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var wait = await throttle.CountAsync(change, tried, cancellationToken);
        var outcome = wait is not null ? LogOutcomes.Blocked : account is null ? LogOutcomes.UnknownUser : LogOutcomes.WrongPassword;
        await log.WriteAsync(change, caller, Entry(action, outcome, login, account), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return new(false, wait, tried);
    }

    private static LogEntry Entry(string action, string outcome, string login, Account? account) =>
        account is null ? new(action, outcome, null, Usernames.ToLog(login)) : LogEntry.Of(action, outcome, account);
}

/// <summary>What came of it: right, wrong, or not looked at for a while.</summary>
internal sealed record PasswordVerdict(bool IsRight, TimeSpan? Wait, Tried Tried);
