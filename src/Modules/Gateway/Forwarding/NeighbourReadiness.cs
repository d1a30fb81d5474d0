using Portico.Platform.Modules;
using Portico.Platform.Web;

namespace Portico.Gateway.Forwarding;

/// <summary>Whether a module elsewhere says it is ready.</summary>
internal sealed class NeighbourReadiness(string module, Deployment deployment, IHttpClientFactory clients) : IReadiness
{
    public const string ClientName = "readiness";

    public string Name => module;

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var answer = await client.GetAsync(new Uri(deployment.AddressOf(module), "/healthz/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
