using System.Net;
using System.Net.Http.Json;
using Portico.Contracts.Bookings;
using Portico.Platform.Messaging;

namespace Portico.Payments.Data;

/// <summary>Teams, asked of Bookings over HTTP where it runs in another process.</summary>
internal sealed class TeamsClient(HttpClient bookings) : ITeams
{
    public async Task<KnownTeam?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        using var answer = await bookings.GetAsync(new Uri($"/internal/teams/{id}", UriKind.Relative), cancellationToken);
        if (answer.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<KnownTeam>(EventJson.Options, cancellationToken);
    }
}
