using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;

namespace Portico.Platform.Web;

/// <summary>
/// Points in time as callers write them: RFC 3339, which asks for an offset. Without one they would be read in the zone of
/// the server, which no caller knows.
/// </summary>
internal static partial class Instants
{
    private const int TickDigits = 7;

    /// <summary>
    /// Reads <c>2026-11-21T10:00:00Z</c>, also with <c>+01:00</c> and fractions, of which seven digits count. The answer is in
    /// UTC, whatever the offset: the database takes nothing else.
    /// </summary>
    public static bool TryRead(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (Rfc3339().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var offset = match.Groups["offset"].Value;
        var seconds = $"{match.Groups["date"].Value}T{match.Groups["time"].Value}{(offset.Length == 1 ? "+00:00" : offset)}";
        if (!DateTimeOffset.TryParseExact(seconds, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out instant))
        {
            return false;
        }

        var fraction = match.Groups["fraction"].Value;
        instant = instant.ToUniversalTime().AddTicks(long.Parse($"{fraction}0000000"[..TickDigits], CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Reads the instants of a query in the same way; the framework's own is looser.</summary>
    public static TBuilder ReadInstantsStrictly<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.AddEndpointFilterFactory((route, next) =>
    {
        var instants = route.MethodInfo.GetParameters()
            .Where(parameter => (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) == typeof(DateTimeOffset))
            .Select(parameter => (parameter.Position, Name: parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name!))
            .ToList();
        return instants.Count == 0 ? next : invocation =>
        {
            foreach (var (position, name) in instants.Where(instant => invocation.Arguments[instant.Position] is not null))
            {
                if (!TryRead(invocation.HttpContext.Request.Query[name].ToString(), out var read))
                {
                    return ValueTask.FromResult<object?>(
                        Problems.BadRequest("malformed-request", $"The parameter {name} is not an instant with its offset, such as 2026-11-21T10:00:00Z."));
                }

                invocation.Arguments[position] = read;
            }

            return next(invocation);
        };
    });

    [GeneratedRegex(
        @"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]+))?(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
