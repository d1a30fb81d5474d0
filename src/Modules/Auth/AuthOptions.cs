using System.ComponentModel.DataAnnotations;

namespace Portico.Auth;

/// <summary>
/// Accounts and sessions: <c>{"Modules": {"auth": {"SessionLifetime": "30.00:00:00", "ResetLifetime": "00:30:00"}}}</c>.
/// The database is in <see cref="Platform.Data.ModuleDatabaseOptions"/>, the cost of passwords in <c>Modules:Auth:Passwords</c>.
/// </summary>
public sealed class AuthOptions
{
    public const string Section = "Modules:Auth";

    /// <summary>How long a session with refresh tokens lasts at the most, however often it is refreshed.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a link to a new password is good for.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ResetLifetime { get; init; } = TimeSpan.FromMinutes(30);
}
