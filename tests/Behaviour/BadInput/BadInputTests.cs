using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Portico.Platform.Security;

namespace Portico.Tests.Behaviour.BadInput;

public sealed class BadInputTests
{
    private const int AtOnce = 8;
    private const string TimeOfOneScan = "scans: scanned_at";

    [Theory, InBothShapes]
    public async Task Bad_bodies_are_refused_by_every_route_and_write_nothing(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var scene = await Scene.SetAsync(platform);
        var routes = scene.Routes.Where(route => route is { BodyType: not null, IsApi: true }).ToList();
        var attempts = (
            from route in routes
            from bad in scene.Bodies.Refused(route.BodyType!, route.BodyMayBeEmpty())
            where !IsJudgedByItself(route, bad.Why)
            from person in scene.People
            select (route, bad, person)).ToList();
        await platform.SettledAsync();
        var before = await platform.SumsAsync();

        var wrong = await TryAllAsync(attempts, async attempt =>
            Refusal(await attempt.person.SendRawAsync(new(attempt.route.Method), scene.PathOf(attempt.route), attempt.bad.Bytes, attempt.bad.ContentType)),
            attempt => $"{attempt.person.Username}: {attempt.route} {attempt.bad.Why}");

        AssertNone(wrong, attempts.Count, platform);
        Assert.Empty((await platform.SumsAsync()).Except(before));
        Assert.True(routes.Count > 8, $"only {routes.Count} routes take a body");
    }

    [Theory, InBothShapes]
    public async Task Odd_values_never_make_the_platform_fail(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var scene = await Scene.SetAsync(platform);
        var attempts = (
            from route in scene.Routes
            where route is { BodyType: not null, IsApi: true }
            from odd in scene.Bodies.Odd(route.BodyType!)
            from person in scene.People
            select (route, odd, person)).ToList();

        var wrong = await TryAllAsync(attempts, async attempt =>
        {
            var answer = await attempt.person.SendRawAsync(new(attempt.route.Method), scene.PathOf(attempt.route), attempt.odd.Bytes);
            return answer.Succeeded ? null : Refusal(answer);
        }, attempt => $"{attempt.person.Username}: {attempt.route} {attempt.odd.Why}");

        AssertNone(wrong, attempts.Count, platform);
    }

    [Theory, InBothShapes]
    public async Task Bad_addresses_are_refused_by_every_route_and_write_nothing(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var scene = await Scene.SetAsync(platform);
        var service = platform.Apps[0].Services.GetRequiredService<TokenIssuer>().IssueService();
        var attempts = scene.Routes.SelectMany(route => BadAddresses.Of(route, scene.PathOf(route)).SelectMany(bad =>
            scene.People.Select(person => (route, bad, Person: person.Username, Token: route.IsInternal ? service : person.Token!)))).ToList();
        var before = await platform.SumsAsync();

        var wrong = await TryAllAsync(attempts, async attempt =>
        {
            var address = attempt.route.IsApi ? platform.Gateway : platform.AddressOf(attempt.route.Module);
            string[] headers = [$"Authorization: Bearer {attempt.Token}", .. attempt.route.BodyType is null ? [] : (string[])["Content-Type: application/json"]];
            var body = attempt.route.BodyType is null ? null : scene.BodyFor(attempt.route);
            return attempt.bad.Judge(await RawRequest.SendAsync(address, attempt.route.Method, attempt.bad.Target, headers, body));
        }, attempt => $"{attempt.Person}: {attempt.route.Method} {attempt.bad}");

        AssertNone(wrong, attempts.Count, platform);
        Assert.Equal([], (await platform.SumsAsync()).Except(before));
        Assert.True(attempts.Count > 200, $"only {attempts.Count} were tried");
    }

    // Scans of an offline device are answered one by one: a bad time is that scan's refusal, and the others count.
    private static bool IsJudgedByItself(DiscoveredRoute route, string why) =>
        why.StartsWith(TimeOfOneScan, StringComparison.Ordinal) && $"{route}".Contains("/visits/scans", StringComparison.Ordinal);

    /// <summary>What is wrong with a refusal; null when nothing is.</summary>
    private static string? Refusal(Answer answer) =>
        (int)answer.Status is >= 400 and < 500
        && answer.ContentHeaders.ContentType?.MediaType == "application/problem+json"
        && answer.Code is { Length: > 0 }
        && answer.Json.TryGetProperty("trace_id", out var trace) && trace.GetString() is { Length: > 0 }
            ? null
            : $"{answer}";

    // With what the platform itself says of its failures: a rare one may not come again.
    private static void AssertNone(IReadOnlyCollection<string> wrong, int attempts, RunningPlatform platform) => Assert.True(
        wrong.Count == 0,
        string.Join('\n', wrong.Take(60).Append($"{wrong.Count} of {attempts}").Concat(platform.Logs.Lines.Where(line => line.Contains("FailureAnswers", StringComparison.Ordinal)).Take(20))));

    private static async Task<IReadOnlyCollection<string>> TryAllAsync<T>(IEnumerable<T> attempts, Func<T, Task<string?>> isWrong, Func<T, string> name)
    {
        ConcurrentQueue<string> wrong = [];
        await Parallel.ForEachAsync(attempts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (attempt, _) =>
        {
            try
            {
                if (await isWrong(attempt) is { } why)
                {
                    wrong.Enqueue($"{name(attempt)}: {(why.Length <= 400 ? why : why[..400])}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException or OperationCanceledException)
            {
                wrong.Enqueue($"{name(attempt)}: {e.GetType().Name} {e.Message}");
            }
        });
        return wrong;
    }
}
