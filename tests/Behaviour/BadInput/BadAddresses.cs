using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Portico.Tests.Behaviour.BadInput;

/// <summary>A path and query as sent, and what may come back.</summary>
/// <param name="MustRefuse">It cannot mean anything.</param>
/// <param name="ByServer">The web server itself may refuse it, before there is anybody who could write a problem.</param>
internal sealed record BadAddress(string Target, bool MustRefuse, bool ByServer = false)
{
    /// <summary>What is wrong with the answer; null when nothing is.</summary>
    public string? Judge(RawAnswer answer)
    {
        var isProblem = answer is { Status: >= 400 and < 500, Code: not null, TraceId: not null };
        var isServers = ByServer && answer is { Status: 400 or 404 or 414 or 431, Body: "" };
        var isFine = !MustRefuse && answer.Status is >= 200 and < 300;
        return isProblem || isServers || isFine ? null : $"{answer}";
    }

    public override string ToString() => Target.Length <= 200 ? Target : $"{Target[..200]}… ({Target.Length})";
}

/// <summary>What can be wrong with the address of a route.</summary>
internal static class BadAddresses
{
    private static readonly string[] Values =
    [
        "", "%20", "%00", "a%00b", "%07", "%0d%0aSet-Cookie:%20x", "%FF%FE", "%C0%80", "%ED%A0%80", "%", "%zz", "%u0000", "'%20or%201=1--", "%27;drop%20table%20accounts;--", "%3Cscript%3E",
        "%F0%9F%91%80", "-1", "0", "1e9", "1.5", "NaN", "99999999999999999999", "true", "null", "[]", "{}", "x", "10000-01-01", "0001-01-01", "0001-01-01T00:00:00%2B14:00",
        "9999-12-31T23:59:59-14:00", "2026-02-30", "Europe/Nowhere", "..%2f..%2fetc%2fpasswd",
    ];

    private static readonly string[] Cursors =
    [
        "!!!", "a", "abcde", "%FF", "AAAA", Cursor("\0"), Cursor("x"), Cursor("|"), Cursor(","), Cursor("a|b|c|d"), Cursor("9999-99-99T99:99:99Z|x"), Cursor("x|00000000-0000-0000-0000-000000000000"),
        Cursor("0001-01-01T00:00:00.0000000+14:00|00000000-0000-0000-0000-000000000000"), Cursor("99999999999999999999"), Cursor("{}"), Cursor("null"), Cursor("' or 1=1"), Cursor(new string('x', 600)),
        Base64Url.EncodeToString([0xFF, 0xFE, 0x80]), new string('A', 2000),
    ];

    public static IEnumerable<BadAddress> Of(DiscoveredRoute route, string path)
    {
        foreach (var name in QueryNames(route))
        {
            foreach (var value in Values)
            {
                yield return new($"{path}?{name}={value}", MustRefuse: value.Contains("%00", StringComparison.Ordinal));
            }

            yield return new($"{path}?{name}={new string('a', 5000)}", MustRefuse: name is "after" or "limit");
            yield return new($"{path}?{name}=x&{name}=y", MustRefuse: name is "limit");
        }

        if (QueryNames(route).Contains("limit"))
        {
            foreach (var limit in (string[])["-1", "0", "201", "2147483647", "2147483648", "-2147483649", "1e2", "x", "1.5", "%201x", "0x10"])
            {
                yield return new($"{path}?limit={limit}", MustRefuse: true);
            }
        }

        if (QueryNames(route).Contains("after"))
        {
            foreach (var cursor in Cursors)
            {
                yield return new($"{path}?after={cursor}", MustRefuse: route.IsApi && cursor.Length > 1);
            }
        }

        foreach (var target in Paths(route, path))
        {
            yield return target;
        }
    }

    private static IEnumerable<BadAddress> Paths(DiscoveredRoute route, string path)
    {
        foreach (var garbage in (string[])
            [
                "x", "-1", "00000000-0000-0000-0000-00000000000g", "%7B00000000-0000-0000-0000-000000000000%7D", "'%20or%201=1--", "a%20b", "%F0%9F%91%80", new string('9', 3000),
                "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "019a0000-0000-7000-8000-000000000000",
            ])
        {
            for (var nth = 0; nth < route.Parameters.Count; nth++)
            {
                yield return new(Replace(route, path, nth, garbage), MustRefuse: true);
            }
        }

        foreach (var garbage in (string[])["%00", "a%00", "%07", "%FF", "%C0%80", "%zz", "%", new string('a', 9000)])
        {
            for (var nth = 0; nth < route.Parameters.Count; nth++)
            {
                yield return new(Replace(route, path, nth, garbage), MustRefuse: true, ByServer: true);
            }
        }

        yield return new($"{path}/nothing/here", MustRefuse: true);
        if (route.Parameters.Count > 0)
        {
            yield return new($"{path}%00", MustRefuse: true, ByServer: true);
        }
    }

    private static string Replace(DiscoveredRoute route, string path, int parameter, string value)
    {
        var segments = path.Split('/');
        segments[Array.FindIndex(route.Pattern.Split('/'), segment => segment.Contains($"{route.Parameters[parameter].Name}", StringComparison.Ordinal))] = value;
        return string.Join('/', segments);
    }

    private static IReadOnlyList<string> QueryNames(DiscoveredRoute route) =>
    [
        .. from parameter in route.Endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
           let query = parameter.ParameterInfo.GetCustomAttributes(typeof(FromQueryAttribute), true).Cast<FromQueryAttribute>().FirstOrDefault()
           where !parameter.ParameterInfo.IsDefined(typeof(FromRouteAttribute), true)
           let isText = parameter.ParameterInfo.ParameterType == typeof(string)
           where query is not null || ((parameter.HasTryParse || isText) && route.Parameters.All(part => part.Name != parameter.Name))
           select query?.Name ?? parameter.Name,
    ];

    private static string Cursor(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));
}
