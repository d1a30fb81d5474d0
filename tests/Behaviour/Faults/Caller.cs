using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>Talks to a process of which nothing is known but its address.</summary>
internal sealed class Caller(Uri address) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

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
