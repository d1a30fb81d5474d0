using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Auth.Throttling;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Passwords;

/// <summary>Who cannot sign in.</summary>
/// <param name="Username">The username or the e-mail address.</param>
public sealed record ForgotPasswordRequest([property: Required, StringLength(PersonalDetails.LongestEmail)] string Username);

/// <summary>
/// Sends a link to a new password to the account's e-mail address. Whether there is such an account, and whether it has one,
/// shows neither in the answer nor in the work: a row is written and a token made and sealed for everybody.
/// </summary>
internal static class ForgotPassword
{
    public static async Task<Results<Accepted, RetryableProblem>> Handle(
        ForgotPasswordRequest request,
        Caller caller,
        Database<AuthModule> database,
        LoginThrottle throttle,
        SealedText seals,
        IOptions<AuthOptions> options,
        AuthLog log,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var tried = Tried.ByForgetting(request.Username, caller);
        var found = await database.FindByLoginAsync(request.Username, cancellationToken);
        if (await throttle.BlockedAsync(tried, cancellationToken) is { } wait)
        {
            await log.WriteAsync(
                caller, new(LogActions.PasswordResetRequested, LogOutcomes.Blocked, found?.Id, found?.Username ?? Usernames.ToLog(request.Username)), cancellationToken);
            return LoginThrottle.TooManyFailures(wait);
        }

        var token = SecretToken.New();
        var seal = seals.Seal(KeyRings.Mail, token);
        var expiresAt = time.GetUtcNow() + options.Value.ResetLifetime;
        await using var change = await database.BeginAsync(cancellationToken);
        // Locked, so that the address the link goes to is still the account's when the change commits.
        var account = await change.LockAccountAsync(found?.Id ?? Guid.Empty, cancellationToken);
        var outcome = OutcomeFor(account);
        await change.ExecuteAsync(
            """
            insert into password_resets (account_id, token_hash, expires_at) values (@accountId, @hash, @expiresAt)
            on conflict (account_id) do update set token_hash = @hash, expires_at = @expiresAt
            """,
            new { accountId = outcome == LogOutcomes.Ok ? account!.Id : Guid.CreateVersion7(time.GetUtcNow()), hash = SecretToken.Hash(token), expiresAt },
            cancellationToken);
        await throttle.CountAsync(change, tried, cancellationToken);
        await log.WriteAsync(
            change, caller, new(LogActions.PasswordResetRequested, outcome, account?.Id, account?.Username ?? Usernames.ToLog(request.Username)), cancellationToken);
        if (outcome == LogOutcomes.Ok && account is { Email: { } email })
        {
            change.Publish(new PasswordResetRequested(account.Id, account.Username, email, seal, expiresAt));
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static string OutcomeFor(Account? account) => account switch
    {
        null => LogOutcomes.UnknownUser,
        { IsActive: false } => LogOutcomes.Suspended,
        { Email: null } => LogOutcomes.NoAddress,
        _ => LogOutcomes.Ok,
    };
}
