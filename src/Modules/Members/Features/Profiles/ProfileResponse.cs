namespace Portico.Members.Features.Profiles;

/// <summary>A profile as its owner and administrators see it.</summary>
/// <param name="Status"><c>active</c>, <c>suspended</c> or <c>deleted</c>.</param>
/// <param name="TimeZone">IANA name; null means that of the location one looks at.</param>
public sealed record ProfileResponse(
    Guid Id,
    string Username,
    string? Email,
    string? Name,
    string? Surname,
    string Role,
    string Status,
    string Language,
    string? TimeZone,
    string? Phone,
    string? Company,
    string? Bio,
    DateTimeOffset CreatedAt)
{
    internal const string Columns =
        "id, username, email, name, surname, role, status, language, time_zone, phone, company, bio, created_at";
}
