namespace Portico.Auth.Domain;

/// <summary>An account as Auth keeps it.</summary>
internal sealed record Account(
    Guid Id, string Username, string? Email, string? Name, string? Surname, string Role, string Status, string? PasswordHash, bool MustChangePassword)
{
    public bool IsActive => Status == "active";
}

/// <summary>Where a request comes from, for sessions and the log.</summary>
internal sealed record Caller(string Address, string Agent)
{
    private const int LongestAgent = 200;

    public static Caller Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return new(context.Connection.RemoteIpAddress?.ToString() ?? "", agent.Length <= LongestAgent ? agent : agent[..LongestAgent]);
    }
}
