using System.ComponentModel.DataAnnotations;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Auth.Passwords;
using Portico.Auth.Throttling;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Passwords;

/// <summary>A new password for somebody with a link to it.</summary>
/// <param name="Token">From the link in the mail.</param>
public sealed record ResetPasswordRequest(
    [property: Required, StringLength(SecretToken.Longest)] string Token,
    [property: Required, StringLength(1000)] string NewPassword);

internal static class ResetPassword
{
    public static async Task<Results<NoContent, ProblemHttpResult, RetryableProblem>> Handle(
        ResetPasswordRequest request,
        Caller caller,
        Database<AuthModule> database,
        LoginThrottle throttle,
        PasswordHashing passwords,
        OwnPassword ownPassword,
        AuthLog log,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var tried = Tried.ByLink(caller);
        if (await throttle.BlockedAsync(tried, cancellationToken) is { } wait)
        {
            await log.WriteAsync(caller, new(LogActions.PasswordReset, LogOutcomes.Blocked, null, ""), cancellationToken);
            return LoginThrottle.TooManyFailures(wait);
        }

        var reset = await database.FindAsync<PendingReset>(
            """
            select account_id, token_hash, username, email from password_resets join accounts on accounts.id = account_id
            where token_hash = @hash and expires_at > @now and status = 'active'
            """, new { hash = SecretToken.Hash(request.Token), now = time.GetUtcNow() }, cancellationToken);
        if (reset is null)
        {
            return await RefuseAsync(database, throttle, log, tried, caller, cancellationToken);
        }

        // The link stays good: a person may try a better password.
        if (PasswordRules.Refuse(request.NewPassword, reset.Username, reset.Email) is { } code)
        {
            return Problems.Unprocessable(code, PasswordRules.Explain(code));
        }

        var hash = await passwords.HashAsync(request.NewPassword, cancellationToken);
        return await ownPassword.ResetAsync(reset, hash, caller, cancellationToken)
            ? TypedResults.NoContent()
            : await RefuseAsync(database, throttle, log, tried, caller, cancellationToken);
    }

    private static async Task<ProblemHttpResult> RefuseAsync(
        Database<AuthModule> database, LoginThrottle throttle, AuthLog log, Tried tried, Caller caller, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await throttle.CountAsync(change, tried, cancellationToken);
        await log.WriteAsync(change, caller, new(LogActions.PasswordReset, LogOutcomes.UnknownToken, null, ""), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return Problems.Unprocessable("reset-token-invalid", "This link was used, replaced by a newer one, or is too old. Ask for a new one.");
    }
}
