using System.ComponentModel.DataAnnotations;
using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Passwords;
using Portico.Auth.Sessions;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Auth.Features;

/// <summary>A sign-in. <c>username</c> may be the e-mail address.</summary>
public sealed record LoginRequest(
    [property: Required, StringLength(254)] string Username,
    [property: Required, StringLength(1000)] string Password);

internal static class Login
{
    public static async Task<Results<Ok<SignedInResponse>, ProblemHttpResult>> Handle(
        LoginRequest request,
        HttpContext context,
        Database<AuthModule> database,
        PasswordHashing passwords,
        SessionStart sessions,
        CancellationToken cancellationToken)
    {
        var account = await database.FindByLoginAsync(request.Username, cancellationToken);
        if (account?.PasswordHash is not { } hash)
        {
            await passwords.BurnAsync(request.Password, cancellationToken);
            return Wrong();
        }

        if (!await passwords.VerifyAsync(request.Password, hash, cancellationToken))
        {
            return Wrong();
        }

        if (!account.IsActive)
        {
            return Problems.Forbidden("account-suspended", "This account is suspended. Ask the staff.");
        }

        await using var change = await database.BeginAsync(cancellationToken);
        var session = await sessions.BeginAsync(change, account, Caller.Of(context), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new SignedInResponse(
            account.Id, account.Username, account.Role, session.Token, session.ExpiresAt, account.MustChangePassword));
    }

    private static ProblemHttpResult Wrong() => Problems.Unauthorized("wrong-credentials", "The name or the password is wrong.");
}
