using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Portico.Platform.Security;

namespace Portico.Tests.Security;

/// <summary>
/// Writes tokens by hand, byte for byte, since no library would make the wrong ones. It holds the real key: what it makes
/// is refused for what is wrong with it, not for a signature that nobody could have made.
/// </summary>
public sealed class TokenForge(SigningKey key, DateTimeOffset now)
{
    public const string AccessType = "at+jwt";

    public SigningKey Key => key;

    public DateTimeOffset Now => now;

    /// <summary>The header of a good token with some members changed; a member set to <see cref="Absent"/> is left out.</summary>
    public string Header(params (string Name, object? Value)[] changes) =>
        Json(new() { ["alg"] = "HS256", ["typ"] = AccessType, ["kid"] = key.Id }, changes);

    /// <summary>The payload of a good token with some claims changed.</summary>
    public string Payload(params (string Name, object? Value)[] changes) => Json(
        new()
        {
            ["sub"] = Guid.CreateVersion7().ToString(),
            ["sid"] = Guid.CreateVersion7().ToString(),
            ["role"] = "member",
            ["iss"] = "portico",
            ["aud"] = "portico",
            ["jti"] = Guid.CreateVersion7().ToString(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        },
        changes);

    /// <summary>A token with these claims changed, otherwise good.</summary>
    public string WithClaims(params (string Name, object? Value)[] changes) => Sign(Header(), Payload(changes));

    /// <summary>A token with this header changed, otherwise good.</summary>
    public string WithHeader(params (string Name, object? Value)[] changes) => Sign(Header(changes), Payload());

    public string Sign(string header, string payload) => Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload));

    public string Sign(byte[] header, byte[] payload, byte[]? secret = null) =>
        Close($"{Text(header)}.{Text(payload)}", signed => HMACSHA256.HashData(secret ?? key.Secret, signed));

    /// <summary>Signs the two segments as they are, however they are written.</summary>
    public string SignSegments(string segments) => Close(segments, signed => HMACSHA256.HashData(key.Secret, signed));

    public static string Close(string segments, Func<byte[], byte[]> sign) => $"{segments}.{Text(sign(Encoding.UTF8.GetBytes(segments)))}";

    public static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    public static string Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <summary>Marks a member to be left out.</summary>
    public static object Absent { get; } = new();

    private static string Json(Dictionary<string, object?> members, (string Name, object? Value)[] changes)
    {
        foreach (var (name, value) in changes)
        {
            members[name] = value;
            if (ReferenceEquals(value, Absent))
            {
                members.Remove(name);
            }
        }

        return JsonSerializer.Serialize(members);
    }
}
