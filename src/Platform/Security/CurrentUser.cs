using System.Security.Claims;
using Portico.Contracts.Auth;

namespace Portico.Platform.Security;

/// <summary>Who is asking, from the token and nothing else.</summary>
public sealed class CurrentUser(IHttpContextAccessor accessor)
{
    /// <summary>The account's id.</summary>
    public Guid Id => Guid.Parse(Claim("sub"));

    /// <summary>The session the token belongs to.</summary>
    public Guid SessionId => Guid.Parse(Claim(AccessToken.SessionClaim));

    /// <summary>One of <see cref="Roles"/>.</summary>
    public string Role => Claim(AccessToken.RoleClaim);

    /// <summary>Whether the caller runs everything.</summary>
    public bool IsAdmin => Role == Roles.Admin;

    private string Claim(string type) =>
        accessor.HttpContext!.User.FindFirstValue(type) ?? throw new InvalidOperationException($"The caller has no {type}: is the route open?");
}
