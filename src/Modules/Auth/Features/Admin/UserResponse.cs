using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Admin;

/// <summary>An account as administrators see it.</summary>
/// <param name="Status"><c>active</c>, <c>suspended</c> or <c>deleted</c>.</param>
/// <param name="StatusReason">Why it is suspended.</param>
public sealed record UserResponse(
    Guid Id,
    string Username,
    string? Email,
    string? Name,
    string? Surname,
    string Role,
    string Status,
    string? StatusReason,
    bool MustChangePassword,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastLoginAt);

internal static class UserSql
{
    public const string Columns =
        "id, username, email, name, surname, role, status, status_reason, must_change_password, created_at, last_login_at";

    public static Task<UserResponse?> FindUserAsync(this Database<AuthModule> database, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync<UserResponse>($"select {Columns} from accounts where id = @id", new { id }, cancellationToken);

    public static Task<UserResponse?> FindUserAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        change.FindAsync<UserResponse>($"select {Columns} from accounts where id = @id", new { id }, cancellationToken);

    public static ProblemHttpResult NotFound() => Problems.NotFound("user-not-found", "There is no such account.");
}
