using System.Collections.Frozen;

namespace Portico.Platform.Web;

/// <summary>
/// What was said about every answer holds for failures too: the server clears all headers before it answers one, and those
/// of the guards and limits would go with those of the answer that was given up.
/// </summary>
internal static class KeptHeaders
{
    private static readonly FrozenSet<string> Kept = FrozenSet.ToFrozenSet(
        [
            "X-Request-Id", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy",
            "Content-Security-Policy", "Strict-Transport-Security", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static void UseKeptHeaders(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch when (Keep(context.Response))
        {
            throw;
        }
    });

    private static bool Keep(HttpResponse response)
    {
        if (!response.HasStarted)
        {
            var kept = response.Headers.Where(header => Kept.Contains(header.Key)).ToArray();
            response.OnStarting(() =>
            {
                foreach (var (name, value) in kept)
                {
                    response.Headers.TryAdd(name, value);
                }

                return Task.CompletedTask;
            });
        }

        return false;
    }
}
