using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Portico.Tests.Security;

/// <summary>Every way we know in which a token can be wrong, after RFC 7515, 7519 and 8725.</summary>
public static class ForgedTokens
{
    private static readonly object Absent = TokenForge.Absent;

    /// <summary>The tokens by what is wrong with them. All are refused as invalid.</summary>
    public static Dictionary<string, string> Invalid(TokenForge forge)
    {
        Dictionary<string, string> tokens = [];
        AddAlgorithms(tokens, forge);
        AddKeys(tokens, forge);
        AddHeaders(tokens, forge);
        AddShapes(tokens, forge);
        AddClaims(tokens, forge);
        AddPayloads(tokens, forge);
        return tokens;
    }

    /// <summary>Good once.</summary>
    public static Dictionary<string, string> Expired(TokenForge forge) => new()
    {
        ["expired an hour ago"] = forge.WithClaims(("exp", forge.Now.AddHours(-1).ToUnixTimeSeconds())),
        ["expired in 1970"] = forge.WithClaims(("exp", 0)),
    };

    private static void AddAlgorithms(Dictionary<string, string> tokens, TokenForge forge)
    {
        foreach (var none in (string[])["none", "None", "NONE", "nOnE", ""])
        {
            var segments = $"{TokenForge.Text(forge.Header(("alg", none)))}.{TokenForge.Text(forge.Payload())}";
            tokens[$"alg '{none}' unsigned"] = $"{segments}.";
            tokens[$"alg '{none}' with a signature"] = forge.SignSegments(segments);
        }

        var payload = TokenForge.Text(forge.Payload());
        string Segments(string alg) => $"{TokenForge.Text(forge.Header(("alg", alg)))}.{payload}";
        tokens["signed HS384"] = TokenForge.Close(Segments("HS384"), signed => HMACSHA384.HashData(forge.Key.Secret, signed));
        tokens["signed HS512"] = TokenForge.Close(Segments("HS512"), signed => HMACSHA512.HashData(forge.Key.Secret, signed));
        tokens["alg HS256 but signed HS512"] = TokenForge.Close(Segments("HS256"), signed => HMACSHA512.HashData(forge.Key.Secret, signed));
        using var rsa = RSA.Create(2048);
        tokens["signed RS256"] = TokenForge.Close(Segments("RS256"), signed => rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        foreach (var alg in (string[])["RS256", "ES256", "PS256", "EdDSA", "hs256", "HS256 ", "A128KW", "dir", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"])
        {
            tokens[$"alg '{alg}' over an HMAC"] = forge.SignSegments(Segments(alg));
        }

        tokens["alg missing"] = forge.WithHeader(("alg", Absent));
        tokens["alg null"] = forge.WithHeader(("alg", null));
        tokens["alg a number"] = forge.WithHeader(("alg", 256));
        tokens["alg a list"] = forge.WithHeader(("alg", new[] { "HS256" }));
        tokens["alg an object"] = forge.WithHeader(("alg", new { HS256 = true }));
    }

    private static void AddKeys(Dictionary<string, string> tokens, TokenForge forge)
    {
        var (header, payload) = (Encoding.UTF8.GetBytes(forge.Header()), Encoding.UTF8.GetBytes(forge.Payload()));
        tokens["signed with another key"] = forge.Sign(header, payload, RandomNumberGenerator.GetBytes(32));
        tokens["signed with an empty key"] = forge.Sign(header, payload, []);
        tokens["signed with the key's id"] = forge.Sign(header, payload, Encoding.UTF8.GetBytes(forge.Key.Id));
        foreach (var kid in (string[])
            [
                "", " ", "unknown", "0000000000000000", $"{forge.Key.Id} ", forge.Key.Id.ToUpperInvariant() + "x", "../keys/tokens", "../../../../dev/null", "/dev/null",
                "' or '1'='1", "x' union select 'a' --", "$(id)", "\0", new string('k', 500), "ключ",
            ])
        {
            tokens[$"kid '{kid[..Math.Min(kid.Length, 20)]}'"] = forge.WithHeader(("kid", kid));
        }

        tokens["kid missing"] = forge.WithHeader(("kid", Absent));
        tokens["kid null"] = forge.WithHeader(("kid", null));
        tokens["kid a number"] = forge.WithHeader(("kid", 1));
        tokens["kid a list"] = forge.WithHeader(("kid", new[] { forge.Key.Id }));
    }

    private static void AddHeaders(Dictionary<string, string> tokens, TokenForge forge)
    {
        foreach (var typ in (string[])["service+jwt", "JWT", "jwt", "AT+JWT", "application/at+jwt", "refresh+jwt", "", "at+jwt "])
        {
            tokens[$"typ '{typ}'"] = forge.WithHeader(("typ", typ));
        }

        tokens["typ missing"] = forge.WithHeader(("typ", Absent));
        tokens["typ null"] = forge.WithHeader(("typ", null));
        tokens["typ a number"] = forge.WithHeader(("typ", 1));
        tokens["an extension that must be understood"] = forge.WithHeader(("crit", new[] { "portico" }), ("portico", true));
        tokens["an unencoded payload"] = forge.WithHeader(("crit", new[] { "b64" }), ("b64", false));
        tokens["an empty list of extensions"] = forge.WithHeader(("crit", Array.Empty<string>()));
        tokens["a duplicate alg"] = forge.Sign($$"""{"alg":"none",{{forge.Header()[1..]}}""", forge.Payload());
        tokens["a duplicate kid"] = forge.Sign($$"""{"kid":"other",{{forge.Header()[1..]}}""", forge.Payload());

        // Keys that the token brings along, or says where to fetch.
        var own = RandomNumberGenerator.GetBytes(32);
        foreach (var (name, value) in ((string, object)[])
            [
                ("jwk", new { kty = "oct", k = TokenForge.Text(own) }), ("jku", "http://127.0.0.1:1/keys"), ("x5u", "http://127.0.0.1:1/cert"),
                ("x5c", new[] { Convert.ToBase64String(own) }), ("x5t", "abc"),
            ])
        {
            tokens[$"signed by its own {name}"] =
                forge.Sign(Encoding.UTF8.GetBytes(forge.Header((name, value))), Encoding.UTF8.GetBytes(forge.Payload()), own);
        }
    }

    private static void AddShapes(Dictionary<string, string> tokens, TokenForge forge)
    {
        var good = forge.WithClaims();
        var parts = good.Split('.');
        var (header, payload, signature) = (parts[0], parts[1], parts[2]);
        foreach (var shape in (string[])
            [
                ".", "..", "...", "....", header, $"{header}.", $"{header}.{payload}", $"{header}.{payload}.", $".{payload}.{signature}", $"{header}..{signature}",
                $".{good}", $"{good}.", $"{good}.{signature}", $"{good}.{payload}.{signature}", $"{payload}.{header}.{signature}", $"{header}.{payload}.{header}",
                $"{header}.{payload} .{signature}", $"{good}=", $"{good}==", $"{header}=.{payload}.{signature}", $"{header}.{payload}.{signature[..^1]}",
                $"{header[..^1]}.{payload}.{signature}", $"{header}.{payload[..^1]}.{signature}", $"{header[1..]}.{payload}.{signature}",
                good.Replace('.', ','), $"{good},{good}", $"{good} {good}", $"Bearer {good}", $"\"{good}\"", "null", "undefined", "%00", "👀.👀.👀",
            ])
        {
            tokens[$"shape {tokens.Count} {shape[..Math.Min(shape.Length, 12)]}"] = shape;
        }

        tokens["segments in plain base64"] = forge.SignSegments(
            $"{Convert.ToBase64String(Encoding.UTF8.GetBytes(forge.Header()))}.{Convert.ToBase64String(Encoding.UTF8.GetBytes(forge.Payload(("note", "???>>>"))))}");
        tokens["segments that are not encoded"] = forge.SignSegments($"{forge.Header()}.{forge.Payload()}");
        foreach (var size in (int[])[2_000, 10_000, 100_000])
        {
            tokens[$"{size} bytes"] = forge.WithClaims(("note", new string('n', size)));
        }

        for (var part = 0; part < 3; part++)
        {
            foreach (var at in (int[])[0, parts[part].Length / 2, parts[part].Length - 1])
            {
                var flipped = (string[])[.. parts];
                flipped[part] = Flip(parts[part], at);
                tokens[$"a bit flipped in segment {part} at {at}"] = string.Join('.', flipped);
            }
        }
    }

    private static void AddClaims(Dictionary<string, string> tokens, TokenForge forge)
    {
        foreach (var claim in (string[])["sub", "sid", "role", "iss", "aud", "exp"])
        {
            tokens[$"{claim} missing"] = forge.WithClaims((claim, Absent));
            tokens[$"{claim} null"] = forge.WithClaims((claim, null));
            tokens[$"{claim} empty"] = forge.WithClaims((claim, ""));
            tokens[$"{claim} an object"] = forge.WithClaims((claim, new { a = 1 }));
            tokens[$"{claim} an empty list"] = forge.WithClaims((claim, Array.Empty<string>()));
            tokens[$"{claim} true"] = forge.WithClaims((claim, true));
        }

        foreach (var claim in (string[])["sub", "sid"])
        {
            tokens[$"{claim} no id"] = forge.WithClaims((claim, "admin"));
            tokens[$"{claim} a number"] = forge.WithClaims((claim, 1));
            tokens[$"{claim} a list"] = forge.WithClaims((claim, new[] { Guid.CreateVersion7() }));
            tokens[$"{claim} with SQL"] = forge.WithClaims((claim, "' or '1'='1"));
        }

        tokens["role unknown"] = forge.WithClaims(("role", "root"));
        tokens["role a list"] = forge.WithClaims(("role", new[] { "member", "admin" }));
        tokens["wrong iss"] = forge.WithClaims(("iss", "somebody"));
        tokens["iss a list"] = forge.WithClaims(("iss", new[] { "portico", "somebody" }));
        tokens["wrong aud"] = forge.WithClaims(("aud", "portico-internal"));
        tokens["wrong aud in a list"] = forge.WithClaims(("aud", new[] { "somebody", "else" }));
        tokens["ours and another aud"] = forge.WithClaims(("aud", new[] { "portico", "somebody" }));
        foreach (var time in (string[])["soon", "2030-01-01T00:00:00Z"])
        {
            tokens[$"exp '{time}'"] = forge.WithClaims(("exp", time));
            tokens[$"nbf '{time}'"] = forge.WithClaims(("nbf", time));
        }

        tokens["exp a list"] = forge.WithClaims(("exp", new[] { forge.Now.AddHours(1).ToUnixTimeSeconds() }));
        tokens["nbf in an hour"] = forge.WithClaims(("nbf", forge.Now.AddHours(1).ToUnixTimeSeconds()));
        foreach (var (name, number) in ((string, string)[])
            [("beyond the calendar", "99999999999999"), ("beyond 64 bits", "99999999999999999999999999"), ("an exponent", "1e300"), ("below the calendar", "-99999999999999")])
        {
            tokens[$"nbf {name}"] = forge.Sign(forge.Header(), forge.Payload(("nbf", JsonNode.Parse(number))));
            tokens[$"exp {name}"] = forge.Sign(forge.Header(), forge.Payload(("exp", JsonNode.Parse(number))));
        }
    }

    private static void AddPayloads(Dictionary<string, string> tokens, TokenForge forge)
    {
        foreach (var payload in (string[])
            ["", " ", "{", "{}", "[]", "null", "1", "\"text\"", "not json", "{\"sub\":}", "\uFEFF{}", $"[{forge.Payload()}]", $"{forge.Payload()}{forge.Payload()}", new string('[', 1000)])
        {
            tokens[$"payload {tokens.Count} {payload[..Math.Min(payload.Length, 10)]}"] = forge.Sign(forge.Header(), payload);
            tokens[$"header {tokens.Count} {payload[..Math.Min(payload.Length, 10)]}"] = forge.Sign(payload, forge.Payload());
        }

        var header = Encoding.UTF8.GetBytes(forge.Header());
        tokens["payload in invalid UTF-8"] = forge.Sign(header, [.. Encoding.UTF8.GetBytes("{\"a\":\""), 0xFF, 0xC0, 0x80, .. Encoding.UTF8.GetBytes($"\",{forge.Payload()[1..]}")]);
        tokens["payload of random bytes"] = forge.Sign(header, RandomNumberGenerator.GetBytes(200));
        tokens["payload in UTF-16"] = forge.Sign(header, Encoding.Unicode.GetBytes(forge.Payload()));
        foreach (var claim in (string[])["sub", "role", "exp", "aud"])
        {
            tokens[$"{claim} twice"] = forge.Sign(forge.Header(), $"{{\"{claim}\":\"admin\",{forge.Payload()[1..]}");
        }

        tokens["payload with a comment"] = forge.Sign(forge.Header(), $"/* */{forge.Payload()}");
        tokens["payload in single quotes"] = forge.Sign(forge.Header(), forge.Payload().Replace('"', '\''));
        tokens["payload with a trailing comma"] = forge.Sign(forge.Header(), forge.Payload()[..^1] + ",}");
        tokens["payload 100 deep"] = forge.Sign(
            forge.Header(), $"{{\"a\":{new string('[', 100)}{new string(']', 100)},{forge.Payload()[1..]}");
    }

    // In the last character of a signature two of the six bits mean nothing: that one is changed, too.
    private static string Flip(string segment, int at)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var changed = Alphabet[Alphabet.IndexOf(segment[at], StringComparison.Ordinal) ^ 1];
        return $"{segment[..at]}{changed}{segment[(at + 1)..]}";
    }
}
