using Portico.Platform.Data;

namespace Portico.Analytics.Features.Stats;

/// <summary>That it can count.</summary>
/// <param name="Status">Always <c>ok</c>: otherwise there is no answer like this.</param>
public sealed record HealthResponse(string Status);

internal static class ShowHealth
{
    public static async Task<Ok<HealthResponse>> Handle(Database<AnalyticsModule> database, CancellationToken cancellationToken)
    {
        await database.FindAsync<bool>("select true", null, cancellationToken);
        return TypedResults.Ok(new HealthResponse("ok"));
    }
}
