using Microsoft.Extensions.DependencyInjection;
using Portico.Platform.Security;
using Portico.Tests.Security;

namespace Portico.Tests.Behaviour.Tokens;

[Trait("Category", "Proof")]
public sealed class BadTokenTests
{
    private const string Me = "/api/auth/me";
    private const string Feed = "/internal/ended-sessions?after=-1";

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Forged_tokens_are_refused_at_the_gateway_at_a_module_and_as_a_service(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var forge = platform.Forge();
        var sound = Bearer(forge.WithClaims(("sub", (await platform.MemberAsync()).Id.ToString())));
        Assert.Equal(200, (await RawRequest.SendAsync(platform.Gateway, "GET", Me, [sound])).Status);
        List<string> wrong = [];

        foreach (var (why, token) in ForgedTokens.Invalid(forge))
        {
            await ExpectAsync(platform.Gateway, Me, why, Bearer(token), "token-invalid");
            await ExpectAsync(platform.AddressOf("members"), "/api/members/profile", why, Bearer(token), "token-invalid");
            await ExpectAsync(platform.AddressOf("auth"), Feed, why, Bearer(token), "not-signed-in");
        }

        foreach (var (why, token) in ForgedTokens.Expired(forge))
        {
            await ExpectAsync(platform.Gateway, Me, why, Bearer(token), "token-expired");
            await ExpectAsync(platform.AddressOf("members"), "/api/members/profile", why, Bearer(token), "token-expired");
        }

        Assert.Empty(wrong);

        async Task ExpectAsync(Uri address, string path, string why, string header, string code)
        {
            var answer = await RawRequest.SendAsync(address, "GET", path, [header]);
            var tooLong = header.Length > 16_000 || header.Any(c => c is < ' ' or > '~');
            if (!(answer.Status == 401 && answer.Code == code && answer.TraceId is not null) && !(tooLong && answer.Status is 400 or 431))
            {
                wrong.Add($"{why} at {path}: {answer}");
            }
        }
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Headers_that_bring_no_token_of_ours_sign_nobody_in(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var good = Bearer(anna.Token!);
        var bad = Bearer(platform.Forge().WithHeader(("alg", "none")));
        List<string> wrong = [];

        foreach (string[] headers in (string[][])
            [
                [], ["Authorization:"], ["Authorization: "], ["Authorization: Bearer"], ["Authorization: Bearer "], ["Authorization: Bearer    "],
                ["Authorization: Basic YW5uYTpwYXNzd29yZA=="], [$"Authorization: {anna.Token}"], [$"Authorization: Token {anna.Token}"],
                [$"Authorization: Bearer{anna.Token}"], [$"Authorization: Bearer={anna.Token}"], [$"{good},"], [$"{good} {anna.Token}"], [$"{good}, {good}"],
                [$"Authorization: Bearer {anna.Token};"], [$"Authorization: Bearer \"{anna.Token}\""], [good, good], [good, bad], [bad, good],
                [$"X-Authorization: Bearer {anna.Token}"], [$"Proxy-Authorization: Bearer {anna.Token}"], ["X-User-Id: 1", "X-Role: admin"],
            ])
        {
            var answer = await RawRequest.SendAsync(platform.Gateway, "GET", Me, headers);
            if (answer is not { Status: 401, Code: "not-signed-in" or "token-invalid", TraceId: not null } || !answer.Headers.Contains("WWW-Authenticate: Bearer", StringComparison.Ordinal))
            {
                wrong.Add($"{string.Join(" | ", headers)}: {answer}");
            }
        }

        foreach (var query in (string[])["access_token", "token", "jwt", "Authorization"])
        {
            Assert.Equal(401, (await RawRequest.SendAsync(platform.Gateway, "GET", $"{Me}?{query}={anna.Token}", [])).Status);
        }

        Assert.Empty(wrong);
        // The scheme's name has no case (RFC 9110), and blanks around the token mean nothing.
        foreach (var header in (string[])[good, $"authorization: bearer {anna.Token}", $"AUTHORIZATION: BEARER {anna.Token}", $"Authorization: Bearer   {anna.Token}  "])
        {
            Assert.Equal(200, (await RawRequest.SendAsync(platform.Gateway, "GET", Me, [header])).Status);
        }
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task No_route_but_the_open_doors_answers_a_stranger_or_somebody_with_the_wrong_kind_of_token(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var services = platform.Apps[0].Services;
        var forge = platform.Forge();
        var service = services.GetRequiredService<TokenIssuer>().IssueService();
        var routes = DiscoveredRoute.Of(platform).Where(route => route.IsApi || route.IsInternal).ToList();
        List<string> wrong = [];

        foreach (var route in routes.Where(route => !Platform.Web.OpenDoors.All.Contains($"{route}")))
        {
            await ExpectAsync(route, null);
            await ExpectAsync(route, forge.WithHeader(("alg", "none")));
            await ExpectAsync(route, route.IsInternal ? forge.WithClaims(("role", "admin")) : service);
        }

        Assert.Empty(wrong);
        Assert.True(routes.Count > 5, $"only {routes.Count} routes were found");

        async Task ExpectAsync(DiscoveredRoute route, string? token)
        {
            foreach (var address in (Uri[])[platform.AddressOf(route.Module), .. route.IsApi ? [platform.Gateway] : Array.Empty<Uri>()])
            {
                var answer = await RawRequest.SendAsync(
                    address, route.Method, route.SomePath(), token is null ? [] : [Bearer(token)], route.BodyType is null ? null : "{}"u8.ToArray());
                if (answer is not { Status: 401, Code: "not-signed-in" or "token-invalid" })
                {
                    wrong.Add($"{route} at {address} {(token is null ? "without" : "with")} a token: {answer}");
                }
            }
        }
    }

    private static string Bearer(string token) => $"Authorization: Bearer {token}";
}
