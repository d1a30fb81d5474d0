using Microsoft.AspNetCore.Diagnostics;

namespace Portico.Platform.Telemetry;

/// <summary>What a request may be called in logs and traces: its path and query may hold codes.</summary>
internal static class RouteTemplate
{
    /// <summary>Such as <c>/rooms/{id}</c>; none where no route matched.</summary>
    public static string? Of(HttpContext context)
    {
        // The exception handler takes the endpoint off the context and keeps it in its feature.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText;
    }
}
