using System.Text;
using System.Text.Json;

namespace Portico.Tests.Behaviour.BadInput;

/// <summary>A body and what is wrong with it.</summary>
internal sealed record BadBody(string Why, byte[] Bytes, string ContentType = "application/json")
{
    public BadBody(string why, string text)
        : this(why, Encoding.UTF8.GetBytes(text))
    {
    }
}

/// <summary>Everything that can be wrong with a body of some type.</summary>
internal sealed class BadBodies(SampleBodies samples)
{
    /// <summary>Larger than the platform accepts unless it is told otherwise.</summary>
    private const int TooLarge = 1_048_577;

    /// <summary>These have to be refused, whatever the request means.</summary>
    public IEnumerable<BadBody> Refused(Type request, bool mayBeEmpty)
    {
        var whole = samples.Of(request).ToJsonString();
        return Shapes(request, whole, mayBeEmpty).Concat(Encodings(whole)).Concat(Fields(request, RefusedValues));
    }

    /// <summary>These may mean something; nothing but an answer is asked of them.</summary>
    public IEnumerable<BadBody> Odd(Type request) => Fields(request, OddValues);

    private static IEnumerable<BadBody> Shapes(Type request, string whole, bool mayBeEmpty)
    {
        if (!mayBeEmpty)
        {
            yield return new("empty", "");
            yield return new("blank", " \n ");
            yield return new("null", "null");
        }

        foreach (var text in (string[])["{", "}", "nul", "not json", "[]", "1", "\"text\"", "true", "NaN", "Infinity", "<xml/>", "a=1&b=2", "{}{}", "{\"\":1}", "{,}"])
        {
            yield return new($"only {text}", text);
        }

        yield return new("in a list", $"[{whole}]");
        yield return new("in a string", JsonSerializer.Serialize(whole));
        yield return new("twice", whole + whole);
        yield return new("with a tail", whole + "x");
        yield return new("with a comment", $"/* */{whole}");
        yield return new("with an unknown member", $"{{\"is_admin\":true,{whole[1..]}");
        yield return new("with a prototype", $"{{\"__proto__\":{{}},{whole[1..]}");
        yield return new("100 deep", string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100));
        yield return new("100,000 deep", new string('[', 100_000));
        foreach (var cut in (int[])[1, whole.Length / 3, whole.Length / 2, whole.Length - 1])
        {
            yield return new($"cut at {cut}", whole[..cut]);
        }

        if (BodyField.Of(request) is [var first, ..])
        {
            yield return new("a trailing comma", whole[..^1] + ",}");
            yield return new("single quotes", whole.Replace('"', '\''));
            yield return new("names without quotes", whole.Replace($"\"{first.Name}\"", first.Name, StringComparison.Ordinal));
            yield return new($"{first.Name} twice", $"{{\"{first.Name}\":null,{whole[1..]}");
            yield return new($"{first.Name} twice in another spelling", $"{{\"\\u{(int)first.Name[0]:x4}{first.Name[1..]}\":null,{whole[1..]}");
            yield return new($"{first.Name} in capitals", whole.Replace($"\"{first.Name}\"", $"\"{first.Name.ToUpperInvariant()}\"", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<BadBody> Encodings(string whole)
    {
        var utf8 = Encoding.UTF8.GetBytes(whole);
        foreach (var type in (string[])["", "text/plain", "text/html", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx", "*/*", "json"])
        {
            yield return new($"as '{type}'", utf8, type);
        }

        yield return new("UTF-16 that says it is UTF-8", Encoding.Unicode.GetBytes(whole));
        yield return new("in a charset nobody knows", utf8, "application/json; charset=klingon");
        yield return new("with bytes that are no UTF-8", [.. utf8[..^1], .. ",\"x\":\""u8, 0xFF, 0xC0, 0x80, .. "\"}"u8]);
        yield return new("too large", Encoding.UTF8.GetBytes(new string(' ', TooLarge - utf8.Length) + whole));
    }

    private IEnumerable<BadBody> Fields(Type request, Func<BodyField, IEnumerable<(string Why, string? Json)>> values)
    {
        foreach (var field in BodyField.Of(request))
        {
            foreach (var (why, json) in values(field))
            {
                var body = samples.Of(request);
                body.Remove(field.Name);
                var rest = body.ToJsonString();
                yield return new($"{field.Name} {why}", json is null ? rest : $"{{\"{field.Name}\":{json}{(rest == "{}" ? "" : ",")}{rest[1..]}");
            }

            if (field.ItemType is { IsPrimitive: false } item && item != typeof(string) && item != typeof(Guid) && !item.IsEnum)
            {
                foreach (var inner in Fields(item, values))
                {
                    var body = samples.Of(request);
                    body.Remove(field.Name);
                    var rest = body.ToJsonString();
                    yield return new($"{field.Name}: {inner.Why}", $"{{\"{field.Name}\":[{Encoding.UTF8.GetString(inner.Bytes)}]{(rest == "{}" ? "" : ",")}{rest[1..]}");
                }
            }
        }
    }

    private static IEnumerable<(string Why, string? Json)> RefusedValues(BodyField field)
    {
        var type = field.Type;
        if (field.RefusesNull)
        {
            yield return ("null", "null");
        }

        if (field.IsRequired)
        {
            yield return ("left out", null);
        }

        foreach (var (kind, json) in ((string, string)[])
            [("a text", "\"x\""), ("a number", "1"), ("true", "true"), ("a list", "[]"), ("a list of lists", "[[]]"), ("an object", "{\"a\":1}"), ("no number", "NaN"), ("no value", "")])
        {
            if (!Takes(field, kind))
            {
                yield return (kind, json);
            }
        }

        foreach (var value in type switch
        {
            _ when type == typeof(string) => TextsRefused(),
            _ when type == typeof(Guid) => ["\"\"", "\"x\"", "\"00000000-0000-0000-0000-00000000000g\"", "\"../etc/passwd\"", "\"' or 1=1 --\""],
            _ when type == typeof(DateTimeOffset) => InstantsRefused(),
            _ when type == typeof(DateOnly) => ["\"\"", "\"2026-13-01\"", "\"2026-02-30\"", "\"10000-01-01\"", "\"0000-01-01\"", "\"01/02/2026\"", "\"2026-01-01T00:00:00Z\""],
            _ when type.IsEnum => ["\"\"", "\"no_such\"", "0", "99", "\"0\"", "\"PRESENT\""],
            _ when SampleBodies.IsNumber(type) => ["\"1\"", "99999999999999999999", "1e400", "-1e400", "-2147483649", "2147483648", "0x10", "01", "+1", "1.5.1", "Infinity"],
            _ => (string[])[],
        })
        {
            yield return (Short(value), value);
        }
    }

    private static IEnumerable<(string Why, string? Json)> OddValues(BodyField field)
    {
        var type = field.Type;
        yield return ("null", "null");
        yield return ("left out", null);
        foreach (var value in type switch
        {
            _ when type == typeof(string) =>
                ["\"\"", "\" \"", "\"\\n\"", "\"'; drop table accounts; --\"", "\"<script>alert(1)</script>\"", "\"👩‍👩‍👧‍👦\"", "\"\\u202e gnirts\"", "\"%00%s%n{0}\"", "\"=1+1\"", "\"../../x\"", "\"\\u200b\""],
            _ when type == typeof(Guid) => ["\"00000000-0000-0000-0000-000000000000\"", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"", $"\"{Guid.CreateVersion7()}\""],
            _ when type == typeof(DateTimeOffset) => ["\"2026-03-29T02:30:00+01:00\"", "\"2000-01-01T00:00:00Z\"", "\"2099-12-31T23:59:59.9999999Z\"", "\"2026-06-30T23:59:60Z\""],
            _ when SampleBodies.IsNumber(type) => ["0", "-1", "2147483647", "-2147483648", "1.0", "1e2", "0.5", "-0"],
            _ when field.ItemType is not null => ["[]", "[null]", "[null,null]", "[1]", "[\"x\"]", "[{}]", $"[{string.Join(',', Enumerable.Range(0, 20_000).Select(_ => $"\"{Guid.CreateVersion7()}\""))}]"],
            _ => (string[])[],
        })
        {
            yield return (Short(value), value);
        }
    }

    private static bool Takes(BodyField field, string kind) => kind switch
    {
        "a text" => field.Type == typeof(string),
        "a number" => SampleBodies.IsNumber(field.Type),
        "true" => field.Type == typeof(bool),
        "a list" => field.ItemType is not null,
        _ => false,
    };

    private static IEnumerable<string> TextsRefused() =>
        [$"\"{new string('a', 10_000)}\"", "\"\\u0000\"", "\"a\\u0007b\"", "\"a\\u202eb\"", "\"\\u001b[31m\"", "\"\\u007f\"", "\"\\u0085\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud800\\ud800\"", "\"\\x41\"", "\"a\nb\"", "\"a\u0001b\""];

    private static IEnumerable<string> InstantsRefused() =>
    [
        "\"\"", "\"tomorrow\"", "\"2026-13-01T00:00:00Z\"", "\"2026-02-30T00:00:00Z\"", "\"2026-01-01T25:00:00Z\"", "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"",
        "\"9999-12-31T23:59:59Z\"", "\"9999-12-31T23:59:59-14:00\"", "\"9999-12-31T23:59:59+14:00\"", "\"10000-01-01T00:00:00Z\"", "\"1900-01-01T00:00:00Z\"", "\"2026-01-01T00:00:00+15:00\"", "1767225600", "\"1767225600\"",
        "\"2026-06-01\"", "\"2026-06-01T10:00:00\"", "\"2026-06-01T10:00:00.5\"", "\"2026-06-01T10:00Z\"", "\"2026-06-01 10:00:00Z\"", "\"2026-06-01T10:00:00+01\"", "\"2026-06-01T10:00:00+0100\"",
    ];

    private static string Short(string value) => value.Length <= 40 ? value : $"{value[..40]}… ({value.Length})";
}
