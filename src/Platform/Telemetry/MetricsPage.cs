using Microsoft.AspNetCore.Http.Features;

namespace Portico.Platform.Telemetry;

/// <summary>Answers <c>GET /metrics</c> to scrapers; to anybody else there is no such page.</summary>
internal sealed class MetricsPage(RequestDelegate next, PrometheusScrape scrape, Scrapers scrapers)
{
    public Task InvokeAsync(HttpContext context) =>
        string.Equals(context.Request.Path.Value, "/metrics", StringComparison.OrdinalIgnoreCase) ? AnswerAsync(context) : next(context);

    private async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !scrapers.Admit(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Features.Get<IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
        context.Response.ContentType = PrometheusText.ContentType;
        if (!scrape.TryWrite(context.Response.BodyWriter))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
