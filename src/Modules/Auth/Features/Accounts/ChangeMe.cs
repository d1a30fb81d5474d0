using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Auth.Accounts;
using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Auth.Passwords;
using Portico.Auth.Throttling;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Accounts;

/// <summary>What is to be said about the account. What is left out or null stays; an empty text takes it away.</summary>
/// <param name="CurrentPassword">Needed when the e-mail address changes: whoever reads that mail can get a new password.</param>
public sealed record ChangeMeRequest(
    [property: RegularExpression(PersonalDetails.Email), StringLength(PersonalDetails.LongestEmail)] string? Email = null,
    [property: RegularExpression(PersonalDetails.OneLine), StringLength(PersonalDetails.LongestName)] string? Name = null,
    [property: RegularExpression(PersonalDetails.OneLine), StringLength(PersonalDetails.LongestName)] string? Surname = null,
    [property: StringLength(1000)] string? CurrentPassword = null);

internal static class ChangeMe
{
    public static async Task<Results<Ok<AccountResponse>, ProblemHttpResult, RetryableProblem>> Handle(
        ChangeMeRequest request,
        Caller caller,
        CurrentUser user,
        Database<AuthModule> database,
        PasswordCheck check,
        DetailsChange details,
        CancellationToken cancellationToken)
    {
        if (await database.FindAccountAsync(user.Id, cancellationToken) is not { IsActive: true } account)
        {
            return Problems.NotFound("user-not-found", "This account no longer exists.");
        }

        var emailChanges = request.Email is not null && PersonalDetails.OrNull(request.Email) != account.Email;
        if (emailChanges)
        {
            if (request.CurrentPassword is not { } password)
            {
                return Problems.Invalid("current_password", "Changing the e-mail address takes the password.");
            }

            var verdict = await check.CheckAsync(LogActions.DetailsChange, account.Username, account, password, caller, cancellationToken);
            if (verdict.Wait is { } wait)
            {
                return LoginThrottle.TooManyFailures(wait);
            }

            if (!verdict.IsRight)
            {
                return Problems.Unprocessable("wrong-password", "The current password is wrong.");
            }
        }

        try
        {
            return await details.ApplyAsync(account.Id, request, emailChanges, caller, cancellationToken) is { } changed
                ? TypedResults.Ok(AccountResponse.Of(changed))
                : Problems.NotFound("user-not-found", "This account no longer exists.");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Taken.Email.ToProblem();
        }
    }
}
