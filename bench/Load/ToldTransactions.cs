using System.Text.Json;
using Portico.Bench.Servers;
using Portico.Contracts;
using Portico.Contracts.Payments;
using Portico.Platform.Messaging;

namespace Portico.Bench.Load;

/// <summary>Facts as Payments tells them: three transactions of a member, then that they were paid, and on to the next.</summary>
internal sealed class ToldTransactions
{
    private const int Members = 2_000;
    private const int Days = 30;
    private readonly Guid[] members = [.. Enumerable.Range(0, Members).Select(_ => Identities.NewId())];
    private readonly DateTimeOffset from = TimeProvider.System.GetUtcNow().AddDays(-Days);
    private int told;

    public IReadOnlyList<EventEnvelope> Next(int count) => [.. Enumerable.Range(0, count / 4).SelectMany(_ => NextFour())];

    private IEnumerable<EventEnvelope> NextFour()
    {
        var (member, at) = (members[told % Members], from.AddMinutes(told % (Days * 24 * 60)));
        told++;
        List<Guid> made = [Identities.NewId(), Identities.NewId(), Identities.NewId()];
        foreach (var id in made)
        {
            yield return Envelope(new TransactionCreated(id, member, 12.5m, "EUR", "Coffee", at), at);
        }

        yield return Envelope(new TransactionPaid(member, made.Count, made, [new("EUR", 12.5m * made.Count)], at), at);
    }

    private static EventEnvelope Envelope<TEvent>(TEvent fact, DateTimeOffset at)
        where TEvent : IIntegrationEvent => new(
            Identities.NewId(), TEvent.Type, TEvent.Topic, fact.Key, "payments", at, null, JsonSerializer.Serialize(fact, EventJson.Options), fact.Key, "127.0.0.1");
}
