using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Portico.Auth.Accounts;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Auth.Passwords;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Admin;

/// <summary>An account for somebody else, or for a device.</summary>
/// <param name="Password">The first password; one is made up when there is none. Persons have to change it.</param>
public sealed record CreateUserRequest(
    [property: Required, RegularExpression(Usernames.Pattern)] string Username,
    [property: Required, AllowedValues(Roles.Member, Roles.Manager, Roles.Admin, Roles.Kiosk)] string Role,
    [property: RegularExpression(PersonalDetails.Email), StringLength(PersonalDetails.LongestEmail)] string? Email = null,
    [property: RegularExpression(PersonalDetails.OneLine), StringLength(PersonalDetails.LongestName)] string? Name = null,
    [property: RegularExpression(PersonalDetails.OneLine), StringLength(PersonalDetails.LongestName)] string? Surname = null,
    [property: StringLength(1000)] string? Password = null);

/// <summary>The account, and the password that was made up for it, which is shown this once.</summary>
public sealed record CreatedUserResponse(
    Guid Id,
    string Username,
    string Role,
    bool MustChangePassword,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OneTimePassword);

internal static class CreateUser
{
    public static async Task<Results<Created<CreatedUserResponse>, ProblemHttpResult>> Handle(
        CreateUserRequest request,
        Caller caller,
        Database<AuthModule> database,
        PasswordHashing passwords,
        NewAccounts accounts,
        AuthLog log,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (request.Password is { } chosen && PasswordRules.Refuse(chosen, request.Username, request.Email) is { } code)
        {
            return Problems.Unprocessable(code, PasswordRules.Explain(code));
        }

        if (await accounts.FindTakenAsync(request.Username, request.Email, cancellationToken) is { } takenBefore)
        {
            await log.WriteAsync(caller, NewAccounts.Refused(takenBefore, request.Username), cancellationToken);
            return takenBefore.ToProblem();
        }

        var madeUp = request.Password is null ? OneTimePassword.NewPassword() : null;
        var hash = await passwords.HashAsync(request.Password ?? madeUp!, cancellationToken);
        var account = Account.New(
            request.Username, request.Email, request.Name, request.Surname, request.Role, hash, GivenPasswords.MustChange(request.Role), time.GetUtcNow());
        await using var change = await database.BeginAsync(cancellationToken);
        var taken = await accounts.AddAsync(change, account, caller, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return taken is { } which
            ? which.ToProblem()
            : TypedResults.Created(
                $"/api/auth/admin/users/{account.Id}",
                new CreatedUserResponse(account.Id, account.Username, account.Role, account.MustChangePassword, madeUp));
    }
}
