using System.ComponentModel.DataAnnotations;
using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Auth.Passwords;
using Portico.Auth.Sessions;
using Portico.Auth.Throttling;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Sessions;

/// <summary>A sign-in.</summary>
/// <param name="Username">The username or the e-mail address.</param>
/// <param name="Remember">Asks for a long session with refresh tokens.</param>
public sealed record LoginRequest(
    [property: Required, StringLength(PersonalDetails.LongestEmail)] string Username,
    [property: Required, StringLength(1000)] string Password,
    bool Remember = false);

internal static class Login
{
    public static async Task<Results<Ok<SignedInResponse>, ProblemHttpResult, RetryableProblem>> Handle(
        LoginRequest request,
        HttpContext context,
        Caller caller,
        Database<AuthModule> database,
        PasswordCheck check,
        SignIn signIn,
        AuthLog log,
        CancellationToken cancellationToken)
    {
        var account = await database.FindByLoginAsync(request.Username, cancellationToken);
        var verdict = await check.CheckAsync(LogActions.Login, request.Username, account, request.Password, caller, cancellationToken);
        if (verdict.Wait is { } wait)
        {
            return LoginThrottle.TooManyFailures(wait);
        }

        if (!verdict.IsRight)
        {
            return Wrong();
        }

        if (await signIn.BeginAsync(account!, request.Password, request.Remember, verdict.Tried, caller, cancellationToken) is { } signedIn)
        {
            return TypedResults.Ok(SignedIn.Answer(context, signedIn.Account, signedIn.Tokens));
        }

        await log.WriteAsync(caller, LogEntry.Of(LogActions.Login, account!.IsActive ? LogOutcomes.WrongPassword : LogOutcomes.Suspended, account), cancellationToken);
        return account.IsActive ? Wrong() : Problems.Forbidden("account-suspended", "This account is suspended. Ask the staff.");
    }

    private static ProblemHttpResult Wrong() => Problems.Unauthorized("wrong-credentials", "The name or the password is wrong.");
}
