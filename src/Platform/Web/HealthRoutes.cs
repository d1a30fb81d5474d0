namespace Portico.Platform.Web;

/// <summary>Whether the process lives and whether it can work. Both answer anybody and name nothing but modules.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => TypedResults.Ok(new Health("ok", []))).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/healthz/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(IEnumerable<IReadiness> parts, CancellationToken cancellationToken)
    {
        var verdicts = await Task.WhenAll(parts.Select(async part => (part.Name, Ready: await part.IsReadyAsync(cancellationToken))));
        var modules = verdicts.GroupBy(part => part.Name).ToDictionary(part => part.Key, part => part.All(one => one.Ready) ? "ok" : "unavailable");
        var ready = modules.Values.All(state => state == "ok");
        return TypedResults.Json(new Health(ready ? "ok" : "unavailable", modules), statusCode: ready ? 200 : 503);
    }

    private sealed record Health(string Status, Dictionary<string, string> Modules);
}
