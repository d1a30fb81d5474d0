namespace Portico.Auth.Sessions;

/// <summary>Why a session ended before it ran out.</summary>
internal static class EndReasons
{
    public const string Logout = "logout";
    public const string EndedByOwner = "ended_by_owner";
    public const string LoggedOutEverywhere = "logged_out_everywhere";
    public const string PasswordChanged = "password_changed";
    public const string PasswordReset = "password_reset";
    public const string PasswordGiven = "password_given";
    public const string RoleChanged = "role_changed";
    public const string Suspended = "suspended";
    public const string Deleted = "deleted";
    public const string EndedByAdmin = "ended_by_admin";
    public const string RefreshTokenReplayed = "refresh_token_replayed";
}
