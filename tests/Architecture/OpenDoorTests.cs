using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portico.Contracts.Auth;
using Portico.Host;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Tests.Architecture;

public sealed class OpenDoorTests
{
    [Theory, MemberData(nameof(BuiltApps.Targets), MemberType = typeof(BuiltApps))]
    public async Task Exactly_the_listed_doors_are_open(string target)
    {
        List<string> open = [];
        foreach (var (door, endpoint) in Doors(target))
        {
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || !AsksForSignIn(await PolicyOfAsync(target, endpoint)))
            {
                open.Add(door);
            }
        }

        Faults.AssertSame(
            $"`serve {target}`: a route that answers anybody has to be on OpenDoors (src/Platform/Web/OpenDoors.cs), and nothing else may be there.",
            ("the application", open.Select(door => door.ToUpperInvariant())),
            ("OpenDoors", Expected(target).Select(door => door.ToUpperInvariant())));
    }

    [Theory, MemberData(nameof(BuiltApps.Targets), MemberType = typeof(BuiltApps))]
    public async Task A_one_time_password_opens_nothing_but_its_own_change(string target)
    {
        var authorization = BuiltApps.Of(target).Services.GetRequiredService<IAuthorizationService>();
        var people = ((string[])[Roles.Member, Roles.Manager, Roles.Admin, Roles.Kiosk]).Select(role => new ClaimsPrincipal(new ClaimsIdentity(
            [new("sub", Guid.CreateVersion7().ToString()), new(AccessToken.RoleClaim, role), new(AccessToken.MustChangePasswordClaim, "true")],
            "test", "sub", AccessToken.RoleClaim))).ToList();
        List<string> opened = [];
        foreach (var route in BuiltApps.RoutesOf(target).Where(route => route.IsApi && !OpenDoors.All.Contains($"{route}")))
        {
            var policy = await PolicyOfAsync(target, route.Endpoint);
            foreach (var person in people)
            {
                if ((await authorization.AuthorizeAsync(person, policy!)).Succeeded)
                {
                    opened.Add($"{route}");
                }
            }
        }

        string[] expected = ["GET /api/auth/me", "POST /api/auth/logout", "POST /api/auth/password/change"];
        Faults.AssertSame(
            "An account with a one-time password may only look at itself, choose a password and leave: "
            + "use a policy of src/Platform/Security/Policies.cs, since one made on the route replaces what everything else asks for.",
            ("the application", opened), ("this test", Hosts(target, "auth") ? expected : []));
    }

    private static IEnumerable<(string Door, RouteEndpoint Endpoint)> Doors(string target) =>
        BuiltApps.RoutesOf(target).Select(route => ($"{route}", route.Endpoint)).Concat(
            from endpoint in BuiltApps.ForwardedOf(target)
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
            let path = endpoint.RoutePattern.RawText!
            // The gateway forwards the document of each module by its name.
            select ($"{method} {(path.StartsWith("/openapi/", StringComparison.Ordinal) ? "/openapi/{document}.json" : path)}", endpoint));

    private static IEnumerable<string> Expected(string target) =>
        from door in OpenDoors.All
        where !door.Contains(" /api/", StringComparison.Ordinal) || Hosts(target, "gateway") || Hosts(target, door.Split('/')[2])
        select door;

    private static bool Hosts(string target, string module) => ModuleCatalog.Parse(target)!.Contains(module);

    private static bool AsksForSignIn(AuthorizationPolicy? policy) =>
        policy?.Requirements.OfType<DenyAnonymousAuthorizationRequirement>().Any() is true;

    private static async Task<AuthorizationPolicy?> PolicyOfAsync(string target, Endpoint endpoint)
    {
        var policies = BuiltApps.Of(target).Services.GetRequiredService<IAuthorizationPolicyProvider>();
        return await AuthorizationPolicy.CombineAsync(
                policies, endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(), endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>())
            ?? await policies.GetFallbackPolicyAsync();
    }
}
