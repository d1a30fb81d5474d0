using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Portico.Tests;

/// <summary>Somebody with an HTTP client. Areas add what people do in their own <c>…Steps</c> files.</summary>
public sealed class Person(RunningPlatform platform, Uri address)
{
    private static readonly string[] SecretMembers = ["token", "refresh_token", "code", "password", "one_time_password"];
    // One pool for all people: what matters is what they send, not which connection it takes. No cookies by themselves.
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };

    public RunningPlatform Platform => platform;

    public Guid Id { get; set; }

    public string Username { get; set; } = "";

    public string Password { get; set; } = "";

    public string? Token { get; set; }

    /// <summary>Headers sent with every request.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>The same person calling a module's own port instead of the gateway.</summary>
    public Person At(string module) => At(platform.AddressOf(module));

    /// <summary>The same person calling a process that the gateway does not know.</summary>
    public Person At(Uri process) => new(platform, process) { Id = Id, Username = Username, Password = Password, Token = Token };

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<Answer> PostAsync(string path, object? body = null, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, path, Json(body), idempotencyKey);

    public Task<Answer> PutAsync(string path, object? body = null, string? idempotencyKey = null) => SendAsync(HttpMethod.Put, path, Json(body), idempotencyKey);

    public Task<Answer> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, Json(body));

    /// <summary>A body exactly as given, for what no client would send.</summary>
    public Task<Answer> SendRawAsync(HttpMethod method, string path, byte[] body, string contentType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return SendAsync(method, path, content);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        if (Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request);
        var answer = await Answer.ReadAsync(response);
        RememberSecrets(answer);
        return answer;
    }

    private JsonContent? Json(object? body)
    {
        if (body is null)
        {
            return null;
        }

        var json = JsonSerializer.SerializeToElement(body);
        RememberSecrets(json);
        return JsonContent.Create(json);
    }

    private void RememberSecrets(Answer answer)
    {
        if (answer.Succeeded && answer.ContentHeaders.ContentType?.MediaType == "application/json" && answer.Bytes.Length > 0)
        {
            RememberSecrets(answer.Json);
        }
    }

    private void RememberSecrets(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in json.EnumerateObject())
        {
            if (member.Value.ValueKind is JsonValueKind.String && (SecretMembers.Contains(member.Name) || member.Name.EndsWith("password", StringComparison.Ordinal)))
            {
                platform.Logs.Secret(member.Value.GetString());
            }
        }
    }
}
