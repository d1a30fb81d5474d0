using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>Talks to a process of which nothing is known but its address.</summary>
internal sealed class Caller(Uri address) : IDisposable
{
    private const string AdminPassword = "a better password";
    private readonly HttpClient client = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Signs in with the password that the first start told, and chooses another; answers the token.</summary>
    public async Task<string> SignAdminInAsync(PorticoExecutable firstStart)
    {
        var told = firstStart.Output.Split('\n').Single(line => line.Contains("one-time password ", StringComparison.Ordinal)).Split(' ')[^1];
        var token = (await LoginAsync("admin", told)).Expect(HttpStatusCode.OK).Text("token");
        return (await PostAsync("/api/auth/password/change", new { current_password = told, new_password = AdminPassword }, token))
            .Expect(HttpStatusCode.OK).Text("token");
    }

    /// <summary>A location that Members knows of, too.</summary>
    public async Task<Guid> AddPlaceAsync(string adminToken)
    {
        var place = (await PostAsync("/api/bookings/locations", new { name = "Centro", time_zone = "Europe/Rome" }, adminToken)).Expect(HttpStatusCode.Created).Id;
        await Eventually.TrueAsync(async () => (await GetAsync($"/api/members/occupancy/{place}", adminToken)).Succeeded, "members does not know the place");
        return place;
    }

    /// <summary>An event that is open for scans by now.</summary>
    public async Task<Guid> PlanEventAsync(string adminToken, Guid place, int? capacity)
    {
        var starts = TimeProvider.System.GetUtcNow().AddMinutes(10);
        return (await PostAsync(
            "/api/members/events", new { location_id = place, name = "Evening", place = "Hall", starts_at = starts, ends_at = starts.AddHours(2), capacity }, adminToken))
            .Expect(HttpStatusCode.Created).Id;
    }

    /// <summary>The code that members scan.</summary>
    public async Task<string> CodeOfAsync(string adminToken, Guid eventId) =>
        (await GetAsync($"/api/members/events/{eventId}/qr?kind=paper&format=text", adminToken)).Expect(HttpStatusCode.OK).Text("code");

    public Task<Answer> RegisterAsync(string username) => PostAsync("/api/auth/register", new { username, password = AccountSteps.GoodPassword });

    public Task<Answer> LoginAsync(string username, string password = AccountSteps.GoodPassword) => PostAsync("/api/auth/login", new { username, password });

    public Task<Answer> ScanAsync(string token, string code, string? key) => PostAsync("/api/members/qr/scan", new { code }, token, key);

    public Task<Answer> GetAsync(string path, string token) => SendAsync(HttpMethod.Get, path, null, token, null);

    public Task<Answer> PostAsync(string path, object body, string? token = null, string? key = null) =>
        SendAsync(HttpMethod.Post, path, JsonContent.Create(body), token, key);

    public void Dispose() => client.Dispose();

    private async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, string? token, string? key)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
