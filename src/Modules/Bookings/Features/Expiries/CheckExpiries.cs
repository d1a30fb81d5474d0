using Portico.Bookings.Schedules;

namespace Portico.Bookings.Features.Expiries;

/// <summary>How many bookings changed.</summary>
/// <param name="Expired">Nobody confirmed, approved or paid them in time.</param>
/// <param name="NoShows">Nobody came for them.</param>
/// <param name="Completed">They are over.</param>
/// <param name="Offered">Those who waited were given them.</param>
public sealed record ExpiryCheckResponse(int Expired, int NoShows, int Completed, int Offered);

internal static class CheckExpiries
{
    public static async Task<Ok<ExpiryCheckResponse>> Handle(IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        // As the clock would do it: not in the request's transaction, which those who wait in line would wait for.
        await using var scope = scopes.CreateAsyncScope();
        var jobs = scope.ServiceProvider;
        return TypedResults.Ok(new ExpiryCheckResponse(
            await jobs.GetRequiredService<ExpireLapsed>().DoAsync(cancellationToken),
            await jobs.GetRequiredService<ReleaseNoShows>().DoAsync(cancellationToken),
            await jobs.GetRequiredService<CompleteEnded>().DoAsync(cancellationToken),
            await jobs.GetRequiredService<ServeWaitingLine>().DoAsync(cancellationToken)));
    }
}
