namespace Portico.Contracts.Auth;

/// <summary>Someone got an account. <paramref name="Role"/> is one of <see cref="Roles"/>.</summary>
public sealed record UserRegistered(
    Guid UserId, string Username, string? Email, string? Name, string? Surname, string Role, DateTimeOffset RegisteredAt) : IIntegrationEvent
{
    public static string Type => "user.registered";
    public static string Topic => "users";
    public Guid Key => UserId;
}

/// <summary>Someone changed what their account says about them. It tells all of it, as it is now.</summary>
/// <param name="Before">What it said until then.</param>
public sealed record UserChanged(
    Guid UserId, string Username, string? Email, string? Name, string? Surname, DateTimeOffset ChangedAt, UserDetails? Before = null) : IIntegrationEvent
{
    public static string Type => "user.changed";
    public static string Topic => "users";
    public Guid Key => UserId;
}

/// <summary>What an account says about its owner.</summary>
public sealed record UserDetails(string Username, string? Email, string? Name, string? Surname);

/// <summary>An administrator changed an account's role, by hand or by an invite that was redeemed. Its sessions have ended.</summary>
/// <param name="Before">The role it had until then.</param>
public sealed record UserRoleChanged(Guid UserId, string Role, Guid ChangedBy, DateTimeOffset ChangedAt, UserRole? Before = null) : IIntegrationEvent
{
    public static string Type => "user.role_changed";
    public static string Topic => "users";
    public Guid Key => UserId;
}

/// <summary>What an account may do: one of <see cref="Roles"/>.</summary>
public sealed record UserRole(string Role);

/// <summary>
/// What became of an invite that an account redeemed. Whatever was said of its role before was so before the invite; if the
/// invite gave it a role, that was said just now.
/// </summary>
/// <param name="Honoured">Whether the account has the rights of the invite. One that may not sign in gets none.</param>
public sealed record InviteAnswered(Guid InviteId, Guid UserId, bool Honoured, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "user.invite_answered";
    public static string Topic => "users";
    public Guid Key => UserId;
}

/// <summary>An account may no longer sign in. Its sessions have ended.</summary>
public sealed record UserSuspended(Guid UserId, string Reason, Guid SuspendedBy, DateTimeOffset SuspendedAt) : IIntegrationEvent
{
    public static string Type => "user.suspended";
    public static string Topic => "users";
    public Guid Key => UserId;
}

/// <summary>A suspended account may sign in again.</summary>
public sealed record UserReinstated(Guid UserId, Guid ReinstatedBy, DateTimeOffset ReinstatedAt) : IIntegrationEvent
{
    public static string Type => "user.reinstated";
    public static string Topic => "users";
    public Guid Key => UserId;
}

/// <summary>An account was anonymised: whoever keeps personal data of this user anonymises it too.</summary>
public sealed record UserDeleted(Guid UserId, Guid DeletedBy, DateTimeOffset DeletedAt) : IIntegrationEvent
{
    public static string Type => "user.deleted";
    public static string Topic => "users";
    public Guid Key => UserId;
}

/// <summary>
/// Someone asked for a new password. <paramref name="SealedToken"/> opens only with the platform's <c>mail</c> key:
/// the single-use token itself is never stored or sent in the clear.
/// </summary>
public sealed record PasswordResetRequested(
    Guid UserId, string Username, string Email, string SealedToken, DateTimeOffset ExpiresAt) : IIntegrationEvent
{
    public static string Type => "user.password_reset_requested";
    public static string Topic => "users";
    public Guid Key => UserId;
}
