using System.Net;
using System.Net.Http.Json;
using Portico.Contracts.Bookings;
using Portico.Platform.Messaging;

namespace Portico.Analytics.Data;

/// <summary>How spaces are used, asked of Bookings over HTTP where it runs in another process.</summary>
internal sealed class OccupancyClient(HttpClient bookings) : IOccupancy
{
    public async Task<OccupiedTime?> ReadAsync(DateOnly from, DateOnly to, IReadOnlyList<Guid>? locationIds, CancellationToken cancellationToken)
    {
        using var answer = await bookings.PostAsJsonAsync(
            "/internal/occupancy", new { from, to, locationIds }, EventJson.Options, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return answer.StatusCode is HttpStatusCode.NoContent
            ? null
            : await answer.Content.ReadFromJsonAsync<OccupiedTime>(EventJson.Options, cancellationToken);
    }
}
