using System.Security.Claims;

namespace Portico.Platform.Security;

/// <summary>What an access token says about its bearer.</summary>
/// <param name="UserId"><c>sub</c></param>
/// <param name="SessionId"><c>sid</c></param>
/// <param name="Role"><c>role</c>, one of the contract's roles.</param>
/// <param name="MustChangePassword">The account's password was given to it: nothing else is allowed before it is changed.</param>
/// <param name="ExpiresAt"><c>exp</c></param>
/// <param name="KeyId"><c>kid</c>: what it says is worth something as long as that key is believed.</param>
public sealed record AccessToken(Guid UserId, Guid SessionId, string Role, bool MustChangePassword, DateTimeOffset ExpiresAt, string KeyId)
{
    internal const string SessionClaim = "sid";
    internal const string RoleClaim = "role";
    internal const string MustChangePasswordClaim = "pwd";

    internal ClaimsPrincipal ToPrincipal(string scheme)
    {
        List<Claim> claims = [new("sub", UserId.ToString()), new(SessionClaim, SessionId.ToString()), new(RoleClaim, Role)];
        if (MustChangePassword)
        {
            claims.Add(new(MustChangePasswordClaim, "change"));
        }

        return new(new ClaimsIdentity(claims, scheme, "sub", RoleClaim));
    }
}

/// <summary>Why a token was not accepted; also the <c>code</c> of the 401.</summary>
public enum TokenRefusal
{
    /// <summary>Malformed, unsigned, wrongly signed, or made for another purpose.</summary>
    Invalid,

    /// <summary>It was good once.</summary>
    Expired,

    /// <summary>Its session was ended before it expired.</summary>
    SessionEnded,

    /// <summary>Auth has not been heard of for too long: nobody can tell whether the session still lasts. Answered with 503.</summary>
    Unverifiable,
}
