using System.ComponentModel.DataAnnotations;
using Portico.Auth.Accounts;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Auth.Passwords;
using Portico.Auth.Sessions;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Accounts;

/// <summary>A new account. <c>username</c> is 3 to 32 letters, digits, dots, dashes or underscores.</summary>
public sealed record RegisterRequest(
    [property: Required, RegularExpression(Usernames.Pattern)] string Username,
    [property: Required, StringLength(1000)] string Password,
    [property: RegularExpression(PersonalDetails.Email), StringLength(PersonalDetails.LongestEmail)] string? Email = null,
    [property: RegularExpression(PersonalDetails.OneLine), StringLength(PersonalDetails.LongestName)] string? Name = null,
    [property: RegularExpression(PersonalDetails.OneLine), StringLength(PersonalDetails.LongestName)] string? Surname = null);

internal static class Register
{
    public static async Task<Results<Created<SignedInResponse>, ProblemHttpResult>> Handle(
        RegisterRequest request,
        HttpContext context,
        Caller caller,
        Database<AuthModule> database,
        PasswordHashing passwords,
        NewAccounts accounts,
        SessionStart sessions,
        AuthLog log,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (PasswordRules.Refuse(request.Password, request.Username, request.Email) is { } code)
        {
            return Problems.Unprocessable(code, PasswordRules.Explain(code));
        }

        if (await accounts.FindTakenAsync(request.Username, request.Email, cancellationToken) is { } takenBefore)
        {
            await log.WriteAsync(caller, NewAccounts.Refused(takenBefore, request.Username), cancellationToken);
            return takenBefore.ToProblem();
        }

        var hash = await passwords.HashAsync(request.Password, cancellationToken);
        var account = Account.New(
            request.Username, request.Email, request.Name, request.Surname, Roles.Member, hash, mustChangePassword: false, time.GetUtcNow());
        await using var change = await database.BeginAsync(cancellationToken);
        if (await accounts.AddAsync(change, account, caller, cancellationToken) is { } taken)
        {
            await change.CommitAsync(cancellationToken);
            return taken.ToProblem();
        }

        var tokens = await sessions.BeginAsync(change, account, caller, remember: false, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created("/api/auth/me", SignedIn.Answer(context, account, tokens));
    }
}
