using System.Collections.Concurrent;

namespace Portico.Gateway.Limits;

/// <summary>What a bucket says to one request.</summary>
/// <param name="Remaining">Whole requests left now.</param>
/// <param name="RetryAfter">When the next one is let through; zero when this one was.</param>
/// <param name="FullAfter">When the bucket is full again.</param>
internal readonly record struct Verdict(bool Allowed, int Limit, int Remaining, TimeSpan RetryAfter, TimeSpan FullAfter);

/// <summary>
/// Token buckets by key, each kept as the one instant at which it would be full (the "generic cell rate algorithm"): eight
/// bytes, no timer, no lock. The framework's limiters refill in steps, tell no remaining count without a second look-up
/// and allocate a lease per request, which the gateway's throughput does not have to spare.
/// </summary>
internal sealed class TokenBuckets(int perMinute, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, StrongBox> buckets = new();
    private long sweepAt;
    private readonly long tickets = Math.Max(1, TimeSpan.TicksPerMinute / perMinute);

    // Only above a million a minute does a ticket round to less than one tick; the bucket is then simply a little larger.
    private long Depth => tickets * perMinute;

    public Verdict Take(string key)
    {
        var now = time.GetUtcNow().UtcTicks;
        SweepOnceAMinute(now);
        var bucket = buckets.GetOrAdd(key, static _ => new StrongBox());
        while (true)
        {
            var fullAt = Volatile.Read(ref bucket.FullAt);
            var next = Math.Max(fullAt, now) + tickets;
            if (next - now > Depth)
            {
                return new(false, perMinute, 0, TimeSpan.FromTicks(next - now - Depth), TimeSpan.FromTicks(fullAt - now));
            }

            if (Interlocked.CompareExchange(ref bucket.FullAt, next, fullAt) == fullAt)
            {
                return new(true, perMinute, (int)((Depth - (next - now)) / tickets), TimeSpan.Zero, TimeSpan.FromTicks(next - now));
            }
        }
    }

    // A full bucket and none are the same, and every bucket is full after a minute: callers that went away cost nothing.
    private void SweepOnceAMinute(long now)
    {
        var due = Volatile.Read(ref sweepAt);
        if (now < due || Interlocked.CompareExchange(ref sweepAt, now + TimeSpan.TicksPerMinute, due) != due)
        {
            return;
        }

        foreach (var (key, bucket) in buckets)
        {
            if (Volatile.Read(ref bucket.FullAt) <= now)
            {
                buckets.TryRemove(key, out _);
            }
        }
    }

    private sealed class StrongBox
    {
        public long FullAt;
    }
}
