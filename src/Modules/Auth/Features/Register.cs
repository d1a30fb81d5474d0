using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Passwords;
using Portico.Auth.Sessions;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Auth.Features;

/// <summary>A new account. <c>username</c> is 3 to 32 letters, digits, dots, dashes or underscores.</summary>
public sealed record RegisterRequest(
    [property: Required, RegularExpression(Usernames.Pattern)] string Username,
    [property: Required, StringLength(1000)] string Password,
    [property: EmailAddress, StringLength(254)] string? Email = null,
    [property: StringLength(100)] string? Name = null,
    [property: StringLength(100)] string? Surname = null);

/// <summary>The account and its first token.</summary>
public sealed record SignedInResponse(Guid Id, string Username, string Role, string Token, DateTimeOffset ExpiresAt, bool MustChangePassword);

internal static class Register
{
    public static async Task<Results<Created<SignedInResponse>, ProblemHttpResult>> Handle(
        RegisterRequest request,
        HttpContext context,
        Database<AuthModule> database,
        PasswordHashing passwords,
        SessionStart sessions,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (PasswordRules.Refuse(request.Password, request.Username, request.Email) is { } code)
        {
            return Problems.Unprocessable(code, PasswordRules.Explain(code));
        }

        var hash = await passwords.HashAsync(request.Password, cancellationToken);
        var account = new Account(
            Guid.CreateVersion7(time.GetUtcNow()), request.Username, request.Email, request.Name, request.Surname, Roles.Member, "active", hash, false);
        await using var change = await database.BeginAsync(cancellationToken);
        try
        {
            await change.InsertAccountAsync(account, time.GetUtcNow(), cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return e.ConstraintName == "accounts_email"
                ? Problems.Conflict("email-taken", "There is an account with this e-mail address.")
                : Problems.Conflict("username-taken", "There is an account with this name.");
        }

        var session = await sessions.BeginAsync(change, account, Caller.Of(context), cancellationToken);
        change.Publish(new UserRegistered(
            account.Id, account.Username, account.Email, account.Name, account.Surname, account.Role, time.GetUtcNow()));
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created(
            "/api/auth/me", new SignedInResponse(account.Id, account.Username, account.Role, session.Token, session.ExpiresAt, false));
    }
}
