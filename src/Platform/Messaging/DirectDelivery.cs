using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Portico.Platform.Modules;

namespace Portico.Platform.Messaging;

/// <summary>
/// Delivery without a broker: to the consumers in this process by a call, to those elsewhere by CloudEvents over HTTP
/// (binary mode) to <c>/internal/events</c>. A neighbour that does not listen to a type says so by accepting it.
/// </summary>
internal sealed class DirectDelivery(
    IEnumerable<EventSubscription> subscriptions, IEnumerable<StreamSubscription> streams, Deployment deployment, IHttpClientFactory clients, IServiceProvider provider) : IEventTransport
{
    public const string ClientName = "events";
    private static readonly ActivitySource Activities = new("portico.messaging");
    private readonly ILookup<string, EventSubscription> byType = subscriptions.ToLookup(subscription => subscription.Type);

    public async Task SendAsync(EventEnvelope fact, CancellationToken cancellationToken)
    {
        await DeliverHereAsync(fact, cancellationToken);
        foreach (var (module, address) in deployment.Neighbours)
        {
            if (!deployment.Hosts(module))
            {
                await DeliverToAsync(address, fact, cancellationToken);
            }
        }
    }

    public async Task DeliverHereAsync(EventEnvelope fact, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity($"consume {fact.Type}", ActivityKind.Consumer, fact.TraceParent);
        foreach (var subscription in byType[fact.Type])
        {
            await subscription.Deliver(provider, fact, cancellationToken);
        }

        foreach (var stream in streams.Where(stream => stream.Topics.Contains(fact.Topic)))
        {
            await stream.Deliver(provider, [fact], cancellationToken);
        }
    }

    private async Task DeliverToAsync(Uri address, EventEnvelope fact, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, EventInbox.Path));
        request.Content = new StringContent(fact.Payload, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        EventInbox.WriteAttributes(request.Headers, fact);
        using var client = clients.CreateClient(ClientName);
        using var response = await client.SendAsync(request, cancellationToken);
        // Whoever does not know us, or this path, has not looked at the fact: its keys or its version are not what they should be.
        if ((int)response.StatusCode is 401 or 403 or 404 or 408 or 429 or 502 or 503 or 504)
        {
            throw new HttpRequestException($"{address} does not take facts: {(int)response.StatusCode}");
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{address} answered {(int)response.StatusCode}");
        }
    }
}
