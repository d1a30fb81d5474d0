using System.Diagnostics;
using Portico.Platform.Data;

namespace Portico.Platform.Messaging;

/// <summary>What became of a fact that was tried.</summary>
/// <param name="Failure">Why it was not taken; null when it was.</param>
public sealed record Delivery(EventEnvelope Fact, Exception? Failure);

/// <summary>Facts one after the other, in order per key, and not for longer than whoever waits for the rest has patience.</summary>
internal static class OneByOne
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Delivery>> TryAsync(
        IReadOnlyList<EventEnvelope> facts, Func<EventEnvelope, Task> deliver, CancellationToken cancellationToken)
    {
        List<Delivery> tried = [];
        HashSet<Guid> refused = [];
        var started = Stopwatch.GetTimestamp();
        foreach (var fact in facts.Where(fact => !refused.Contains(fact.Key)).TakeWhile(_ => Stopwatch.GetElapsedTime(started) < Longest))
        {
            try
            {
                await deliver(fact);
                tried.Add(new(fact, null));
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                refused.Add(fact.Key);
                tried.Add(new(fact, e));
                if (DeliveryFailures.IsAway(e))
                {
                    // The others would wait for the same somebody in vain.
                    break;
                }
            }
        }

        return tried;
    }
}

/// <summary>Somebody being away, or in the way, says nothing about the fact: only a consumer's own refusals count against it.</summary>
internal static class DeliveryFailures
{
    public static bool IsPassing(Exception failure) => IsAway(failure) || DatabaseFailures.IsLostRace(failure);

    public static bool IsAway(Exception failure) =>
        failure is HttpRequestException or TimeoutException or OperationCanceledException || DatabaseFailures.IsUnavailable(failure);
}
