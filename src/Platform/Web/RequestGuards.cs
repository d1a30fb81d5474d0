using System.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace Portico.Platform.Web;

/// <summary>What is done to every request before anything looks at it.</summary>
internal static class RequestGuards
{
    private const string Header = "X-Request-Id";

    /// <summary>Every answer names its request: the caller's id when it is a sound one, else the trace's.</summary>
    public static void UseRequestIds(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var given = context.Request.Headers[Header].ToString();
        if (IsSound(given))
        {
            context.TraceIdentifier = given;
        }
        else
        {
            context.TraceIdentifier = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
            context.Request.Headers[Header] = context.TraceIdentifier;
        }

        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    });

    /// <summary>Control characters in an address never come from an honest caller, and PostgreSQL refuses U+0000.</summary>
    public static void UseCleanAddresses(this IApplicationBuilder app) => app.Use((context, next) =>
        HasControls(context.Request.Path.Value) || HasEncodedControls(context.Request.QueryString.Value)
            ? Problems.BadRequest("malformed-request", "The address holds characters that cannot be used.").ExecuteAsync(context)
            : next(context));

    /// <summary>JSON is UTF-8 (RFC 8259). Another charset is refused here: one that nobody knows would fail the reader.</summary>
    public static void UseUtf8Bodies(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Request.ContentType is { } type && type.Contains("charset", StringComparison.OrdinalIgnoreCase) && !IsUtf8(type)
            ? Problems.UnsupportedType("Send UTF-8.").ExecuteAsync(context)
            : next(context));

    private static bool IsUtf8(string type) =>
        MediaTypeHeaderValue.TryParse(type, out var parsed) && HeaderUtilities.RemoveQuotes(parsed.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static bool IsSound(string id) => id.Length is > 0 and <= 64 && !id.AsSpan().ContainsAnyExcept(Sound);

    private static readonly System.Buffers.SearchValues<char> Sound =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    private static bool HasControls(string? text) => text is not null && text.AsSpan().ContainsAnyInRange('\0', '\u001F');

    private static bool HasEncodedControls(string? query)
    {
        var rest = query.AsSpan();
        for (var at = rest.IndexOf('%'); at >= 0; at = rest.IndexOf('%'))
        {
            rest = rest[(at + 1)..];
            if (rest.Length >= 2 && rest[0] is '0' or '1' && char.IsAsciiHexDigit(rest[1]))
            {
                return true;
            }
        }

        return false;
    }
}
