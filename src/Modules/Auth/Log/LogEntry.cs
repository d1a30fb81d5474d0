using Portico.Auth.Domain;

namespace Portico.Auth.Log;

/// <summary>Something that happened, or was refused, to an account.</summary>
/// <param name="Action">One of <see cref="LogActions"/>.</param>
/// <param name="Outcome">One of <see cref="LogOutcomes"/>.</param>
/// <param name="AccountId">Whose account; null when there is none.</param>
/// <param name="Username">Its name, or what was typed and may be kept: see <see cref="Usernames.ToLog"/>.</param>
/// <param name="Detail">What else an auditor would ask: the new role, the reason of a suspension.</param>
internal sealed record LogEntry(string Action, string Outcome, Guid? AccountId, string Username, string? Detail = null)
{
    public static LogEntry Of(string action, string outcome, Account account, string? detail = null) =>
        new(action, outcome, account.Id, account.Username, detail);
}

internal static class LogActions
{
    public const string Register = "register";
    public const string Login = "login";
    public const string Refresh = "refresh";
    public const string Logout = "logout";
    public const string SessionEnded = "session_ended";
    public const string DetailsChange = "details_change";
    public const string PasswordChange = "password_change";
    public const string PasswordResetRequested = "password_reset_requested";
    public const string PasswordReset = "password_reset";
    public const string PasswordGiven = "password_given";
    public const string RoleChange = "role_change";
    public const string Suspend = "suspend";
    public const string Reinstate = "reinstate";
    public const string Unlock = "unlock";
    public const string Delete = "delete";

    public static readonly IReadOnlyList<string> All =
    [
        Register, Login, Refresh, Logout, SessionEnded, DetailsChange, PasswordChange, PasswordResetRequested, PasswordReset, PasswordGiven,
        RoleChange, Suspend, Reinstate, Unlock, Delete,
    ];
}

internal static class LogOutcomes
{
    public const string Ok = "ok";
    public const string WrongPassword = "wrong_password";
    public const string UnknownUser = "unknown_user";
    public const string UnknownToken = "unknown_token";
    public const string Blocked = "blocked";
    public const string Suspended = "suspended";
    public const string Replayed = "replayed";
    public const string SessionOver = "session_over";
    public const string LastAdmin = "last_admin";
    public const string NoAddress = "no_address";
    public const string UsernameTaken = "username_taken";
    public const string EmailTaken = "email_taken";

    public static readonly IReadOnlyList<string> All =
    [
        Ok, WrongPassword, UnknownUser, UnknownToken, Blocked, Suspended, Replayed, SessionOver, LastAdmin, NoAddress, UsernameTaken, EmailTaken,
    ];
}
