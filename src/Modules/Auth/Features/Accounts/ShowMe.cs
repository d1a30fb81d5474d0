using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Accounts;

/// <summary>The signed-in account.</summary>
public sealed record AccountResponse(
    Guid Id, string Username, string? Email, string? Name, string? Surname, string Role, bool MustChangePassword, DateTimeOffset CreatedAt)
{
    internal static AccountResponse Of(Account account) => new(
        account.Id, account.Username, account.Email, account.Name, account.Surname, account.Role, account.MustChangePassword, account.CreatedAt);
}

internal static class ShowMe
{
    public static async Task<Results<Ok<AccountResponse>, ProblemHttpResult>> Handle(
        Database<AuthModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        await database.FindAccountAsync(user.Id, cancellationToken) is { } account
            ? TypedResults.Ok(AccountResponse.Of(account))
            : Problems.NotFound("user-not-found", "This account no longer exists.");
}
