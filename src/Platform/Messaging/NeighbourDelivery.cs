using System.Net;
using System.Net.Http.Json;

namespace Portico.Platform.Messaging;

/// <summary>Facts by HTTP, to the <see cref="EventInbox"/> of another process.</summary>
internal sealed class NeighbourDelivery(IHttpClientFactory clients)
{
    public const string ClientName = "events";
    // With what is around it, less than any process accepts that nobody told to accept little.
    private const int LongestPayloads = 200_000;

    /// <summary>Answers what became of those that it tried, by their ids.</summary>
    public async Task<IReadOnlyDictionary<Guid, Delivery>> SendAsync(Uri address, IReadOnlyList<EventEnvelope> facts, CancellationToken cancellationToken)
    {
        if (facts.Count == 0)
        {
            return new Dictionary<Guid, Delivery>();
        }

        var length = 0;
        var sent = facts.TakeWhile((fact, nth) => nth == 0 || (length += fact.Payload.Length) < LongestPayloads).ToDictionary(fact => fact.Id);
        try
        {
            var reports = await PostAsync(new(address, EventInbox.Path), sent.Values, cancellationToken);
            return reports.Where(report => sent.ContainsKey(report.Id)).ToDictionary(
                report => report.Id, report => new Delivery(sent[report.Id], Failure(address, report)));
        }
        catch (BadHttpRequestException) when (sent.Count > 1)
        {
            // Alone it shows whether it is the one.
            return await SendAsync(address, [facts[0]], cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new Dictionary<Guid, Delivery> { [facts[0].Id] = new(facts[0], e) };
        }
    }

    private async Task<IReadOnlyList<DeliveryReport>> PostAsync(Uri inbox, IEnumerable<EventEnvelope> facts, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        using var content = EventBatch.Write(facts);
        using var response = await client.PostAsync(inbox, content, cancellationToken);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge)
        {
            throw new BadHttpRequestException($"{inbox} cannot read what it is sent: {(int)response.StatusCode}");
        }

        if (!response.IsSuccessStatusCode)
        {
            // It has not looked at the facts: its keys, its version or its database are not what they should be.
            throw new HttpRequestException($"{inbox} does not take facts: {(int)response.StatusCode}");
        }

        return await response.Content.ReadFromJsonAsync<IReadOnlyList<DeliveryReport>>(cancellationToken) ?? [];
    }

    private static Exception? Failure(Uri address, DeliveryReport report) => report switch
    {
        { Failure: null } => null,
        { Passing: true } => new HttpRequestException($"{address}: {report.Failure}"),
        _ => new InvalidOperationException($"{address}: {report.Failure}"),
    };
}
