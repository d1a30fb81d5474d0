using System.ComponentModel.DataAnnotations;
using Portico.Auth.Domain;

namespace Portico.Auth;

/// <summary>
/// Accounts and sessions:
/// <c>{"Modules": {"Auth": {"SessionLifetime": "30.00:00:00", "ResetLifetime": "00:30:00", "AuthLogRetention": "400.00:00:00", "FirstAdmin": "admin"}}}</c>.
/// The database is in <see cref="Platform.Data.ModuleDatabaseOptions"/>, the cost of passwords in <c>Modules:Auth:Passwords</c>,
/// what happens after failures in <c>Modules:Auth:Throttle</c>.
/// </summary>
internal sealed class AuthOptions
{
    public const string Section = "Modules:Auth";

    /// <summary>How long a session with refresh tokens lasts at the most, however often it is refreshed.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a link to a new password is good for.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ResetLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the log of sign-ins and account changes is kept.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3660.00:00:00")]
    public TimeSpan AuthLogRetention { get; init; } = TimeSpan.FromDays(400);

    /// <summary>The username of the administrator that the first start makes.</summary>
    [Required, RegularExpression(Usernames.Pattern)]
    public string FirstAdmin { get; init; } = "admin";
}
