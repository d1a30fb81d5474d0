namespace Portico.Auth.Domain;

/// <summary>An account as Auth keeps it. The parameters stand in the order of the columns that are read.</summary>
internal sealed record Account(
    Guid Id,
    string Username,
    string? Email,
    string? Name,
    string? Surname,
    string Role,
    string Status,
    string? PasswordHash,
    bool MustChangePassword,
    DateTimeOffset PasswordSetAt,
    DateTimeOffset CreatedAt)
{
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Deleted = "deleted";

    public bool IsActive => Status == Active;

    public static Account New(
        string username, string? email, string? name, string? surname, string role, string passwordHash, bool mustChangePassword, DateTimeOffset now) =>
        new(Guid.CreateVersion7(now), username, PersonalDetails.OrNull(email), PersonalDetails.OrNull(name), PersonalDetails.OrNull(surname),
            role, Active, passwordHash, mustChangePassword, now, now);
}
