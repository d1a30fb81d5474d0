using Portico.Auth.Accounts;
using Portico.Auth.Domain;
using Portico.Auth.Passwords;

namespace Portico.Auth.Features.Admin;

/// <summary>The password somebody was given. It is shown this once.</summary>
/// <param name="MustChangePassword">It only opens <c>POST /api/auth/password/change</c>. Devices keep theirs: they cannot choose one.</param>
public sealed record GivenPasswordResponse(Guid Id, string Username, string OneTimePassword, bool MustChangePassword);

internal static class GivePassword
{
    public static async Task<Results<Ok<GivenPasswordResponse>, ProblemHttpResult>> Handle(
        Guid id, Caller caller, AccountActs acts, PasswordHashing passwords, GivenPasswords given, CancellationToken cancellationToken)
    {
        var password = OneTimePassword.NewPassword();
        var hash = await passwords.HashAsync(password, cancellationToken);
        var answer = await acts.DoAsync(id, caller, Log.LogActions.PasswordGiven, null, async (change, account) =>
        {
            await given.SetAsync(change, account, hash, cancellationToken);
            return true;
        }, cancellationToken);
        return answer.Result is Ok<UserResponse> { Value: { } user }
            ? TypedResults.Ok(new GivenPasswordResponse(user.Id, user.Username, password, user.MustChangePassword))
            : (ProblemHttpResult)answer.Result;
    }
}
