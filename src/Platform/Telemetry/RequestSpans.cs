using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Portico.Platform.Telemetry;

/// <summary>Gives a request's span its method, route and status, which ASP.NET Core 10 leaves out.</summary>
/// <remarks>Not in the pipeline unless traces are sent.</remarks>
internal sealed class RequestSpans(IOptions<TelemetryOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (options.Value.OtlpEndpoint is not null)
        {
            app.Use(DescribedAsync);
        }

        next(app);
    };

    private static async Task DescribedAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch
        {
            Describe(context, StatusCodes.Status500InternalServerError);
            throw;
        }

        Describe(context, context.Response.StatusCode);
    }

    private static void Describe(HttpContext context, int status)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
        {
            return;
        }

        var route = RouteTemplate.Of(context);
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status >= 500)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
