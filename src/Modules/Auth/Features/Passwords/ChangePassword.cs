using System.ComponentModel.DataAnnotations;
using Portico.Auth.Data;
using Portico.Auth.Log;
using Portico.Auth.Passwords;
using Portico.Auth.Sessions;
using Portico.Auth.Throttling;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Passwords;

/// <summary>A password of one's own for the one in use.</summary>
public sealed record ChangePasswordRequest(
    [property: Required, StringLength(1000)] string CurrentPassword,
    [property: Required, StringLength(1000)] string NewPassword);

/// <summary>
/// Ends the account's other sessions. Who had to change the password gets a token that allows everything again; for everybody
/// else the token they have stays good.
/// </summary>
internal static class ChangePassword
{
    public static async Task<Results<Ok<SignedInResponse>, NoContent, ProblemHttpResult, RetryableProblem>> Handle(
        ChangePasswordRequest request,
        HttpContext context,
        Caller caller,
        CurrentUser user,
        Database<AuthModule> database,
        PasswordCheck check,
        PasswordHashing passwords,
        OwnPassword ownPassword,
        CancellationToken cancellationToken)
    {
        if (await database.FindAccountAsync(user.Id, cancellationToken) is not { IsActive: true } account)
        {
            return Problems.NotFound("user-not-found", "This account no longer exists.");
        }

        var verdict = await check.CheckAsync(LogActions.PasswordChange, account.Username, account, request.CurrentPassword, caller, cancellationToken);
        if (verdict.Wait is { } wait)
        {
            return LoginThrottle.TooManyFailures(wait);
        }

        if (!verdict.IsRight)
        {
            return WrongPassword();
        }

        if (request.NewPassword == request.CurrentPassword)
        {
            return Problems.Unprocessable("password-unchanged", "The new password is the one you have.");
        }

        if (PasswordRules.Refuse(request.NewPassword, account.Username, account.Email) is { } code)
        {
            return Problems.Unprocessable(code, PasswordRules.Explain(code));
        }

        var hash = await passwords.HashAsync(request.NewPassword, cancellationToken);
        if (await ownPassword.ReplaceAsync(account, hash, user.SessionId, verdict.Tried, caller, cancellationToken) is not { } tokens)
        {
            return WrongPassword();
        }

        return account.MustChangePassword
            ? TypedResults.Ok(SignedIn.AnswerAccess(context, account with { MustChangePassword = false }, tokens))
            : TypedResults.NoContent();
    }

    private static ProblemHttpResult WrongPassword() => Problems.Unprocessable("wrong-password", "The current password is wrong.");
}
