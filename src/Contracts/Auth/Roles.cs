namespace Portico.Contracts.Auth;

/// <summary>What an account may do. One account has one role.</summary>
public static class Roles
{
    /// <summary>Books, checks in, sees its own data.</summary>
    public const string Member = "member";

    /// <summary>Runs the locations it was named for.</summary>
    public const string Manager = "manager";

    /// <summary>Runs everything.</summary>
    public const string Admin = "admin";

    /// <summary>A device at the door of one location: scans passes, sees nothing else.</summary>
    public const string Kiosk = "kiosk";

    /// <summary>Every role, for validation.</summary>
    public static readonly IReadOnlyList<string> All = [Member, Manager, Admin, Kiosk];
}
