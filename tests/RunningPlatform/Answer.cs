using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Portico.Tests;

/// <summary>What the platform said. Failed expectations print it whole.</summary>
public sealed class Answer
{
    private readonly JsonElement json;

    private Answer(HttpResponseMessage response, byte[] bytes)
    {
        (Status, Headers, ContentHeaders, Bytes) = (response.StatusCode, response.Headers, response.Content.Headers, bytes);
        Body = System.Text.Encoding.UTF8.GetString(bytes);
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && bytes.Length > 0)
        {
            using var document = JsonDocument.Parse(bytes);
            json = document.RootElement.Clone();
        }
    }

    public HttpStatusCode Status { get; }

    public HttpResponseHeaders Headers { get; }

    public HttpContentHeaders ContentHeaders { get; }

    public string Body { get; }

    public byte[] Bytes { get; }

    public bool Succeeded => (int)Status is >= 200 and < 300;

    /// <summary>The problem's code; null when it is no problem.</summary>
    public string? Code => json.ValueKind is JsonValueKind.Object && json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public JsonElement Json => json.ValueKind is not JsonValueKind.Undefined ? json : throw new InvalidOperationException($"No JSON: {this}");

    /// <summary>A member of the JSON object.</summary>
    public JsonElement this[string name] => Json.TryGetProperty(name, out var value) ? value : throw new InvalidOperationException($"No {name} in {this}");

    public Guid Id => this["id"].GetGuid();

    public string Text(string name) => this[name].GetString() ?? throw new InvalidOperationException($"{name} is null in {this}");

    /// <summary>Fails with the whole answer when it is not this status (and, for problems, this code).</summary>
    public Answer Expect(HttpStatusCode status, string? code = null) =>
        Status == status && (code is null || Code == code)
            ? this
            : throw new InvalidOperationException($"Expected {(int)status} {code}, got {this}");

    public override string ToString() => $"{(int)Status} {Body}";

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(response, await response.Content.ReadAsByteArrayAsync());
}
