using Microsoft.AspNetCore.Authorization;
using Portico.Contracts.Auth;

namespace Portico.Platform.Security;

/// <summary>Who may call what. Everything not said otherwise needs a signed-in account.</summary>
public static class Policies
{
    /// <summary>Administrators.</summary>
    public const string Admin = "admin";

    /// <summary>Managers and administrators. What a manager sees is narrowed to the own locations in the query.</summary>
    public const string Staff = "staff";

    /// <summary>Everybody but door devices.</summary>
    public const string People = "people";

    /// <summary>Door devices.</summary>
    public const string Kiosk = "kiosk";

    /// <summary>Signed in, even with a password that has to be changed first.</summary>
    public const string AnyPassword = "any-password";

    /// <summary>Another process of this installation.</summary>
    public const string Service = "service";

    internal static void Add(AuthorizationOptions options)
    {
        var signedIn = SignedIn().Build();
        options.DefaultPolicy = signedIn;
        options.FallbackPolicy = signedIn;
        options.AddPolicy(Admin, SignedIn().RequireClaim(AccessToken.RoleClaim, Roles.Admin).Build());
        options.AddPolicy(Staff, SignedIn().RequireClaim(AccessToken.RoleClaim, Roles.Admin, Roles.Manager).Build());
        options.AddPolicy(People, SignedIn().RequireClaim(AccessToken.RoleClaim, Roles.Member, Roles.Manager, Roles.Admin).Build());
        options.AddPolicy(Kiosk, SignedIn().RequireClaim(AccessToken.RoleClaim, Roles.Kiosk).Build());
        options.AddPolicy(AnyPassword, new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        options.AddPolicy(Service, new AuthorizationPolicyBuilder(ServiceHandler.Scheme).RequireAuthenticatedUser().Build());
    }

    // No scheme is named: the bearer is the default one and was read already, and naming it would read it again.
    private static AuthorizationPolicyBuilder SignedIn() =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser()
            .RequireAssertion(context => !context.User.HasClaim(claim => claim.Type == AccessToken.MustChangePasswordClaim));
}
