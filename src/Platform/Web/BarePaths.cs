using Portico.Platform.Modules;

namespace Portico.Platform.Web;

/// <summary>A process that hosts one module also answers its paths without the prefix, as the seeds' services do.</summary>
internal static class BarePaths
{
    private static readonly string[] Own = ["/api", "/healthz", "/internal", "/openapi", "/swagger", "/metrics"];

    public static void UseBarePaths(this IApplicationBuilder app, Deployment deployment, bool hasFrontDoor)
    {
        if (deployment.Hosted is not [var module] || hasFrontDoor)
        {
            return;
        }

        app.Use((context, next) =>
        {
            var path = context.Request.Path;
            if (!Own.Any(prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                context.Request.Path = $"/api/{module}{path}";
            }

            return next(context);
        });
    }
}
