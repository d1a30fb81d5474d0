using FsCheck;
using FsCheck.Fluent;
using Portico.Gateway.Limits;

namespace Portico.Tests.Modules.Gateway;

public sealed class TokenBucketsTests
{
    private readonly StoppedClock clock = new();

    [Fact]
    public void A_bucket_lets_its_size_through_at_once_and_then_one_for_every_refill()
    {
        var buckets = new TokenBuckets(60, clock);
        Assert.All(Enumerable.Range(0, 60), taken => Assert.Equal(59 - taken, buckets.Take("a").Remaining));

        var refused = buckets.Take("a");
        Assert.False(refused.Allowed);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.RetryAfter);

        clock.Advance(refused.RetryAfter);
        Assert.True(buckets.Take("a").Allowed);
        Assert.False(buckets.Take("a").Allowed);
    }

    [Fact]
    public void One_caller_empties_nobody_elses_bucket()
    {
        var buckets = new TokenBuckets(1, clock);
        Assert.True(buckets.Take("a").Allowed);
        Assert.False(buckets.Take("a").Allowed);
        Assert.True(buckets.Take("b").Allowed);
    }

    [Fact]
    public void Callers_that_went_away_are_forgotten_and_the_others_are_not()
    {
        var buckets = new TokenBuckets(1, clock);
        for (var caller = 0; caller <= 10_001; caller++)
        {
            buckets.Take($"old-{caller}");
        }

        clock.Advance(TimeSpan.FromSeconds(59));
        buckets.Take("fresh");
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(buckets.Take("fresh").Allowed);
    }

    [Fact]
    public async Task Racing_requests_never_get_more_than_the_bucket_holds()
    {
        for (var round = 0; round < 20; round++)
        {
            var buckets = new TokenBuckets(50, clock);
            var verdicts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => buckets.Take("a"))));
            Assert.Equal(50, verdicts.Count(verdict => verdict.Allowed));
        }
    }

    [Fact]
    public void Over_any_stretch_of_time_no_more_passes_than_the_bucket_and_its_refill() =>
        Prop.ForAll(
            Gen.Choose(0, 5_000).ListOf(200).ToArbitrary(),
            waits =>
            {
                var buckets = new TokenBuckets(30, clock);
                var started = clock.GetUtcNow();
                var passed = 0;
                foreach (var wait in waits)
                {
                    clock.Advance(TimeSpan.FromMilliseconds(wait));
                    passed += buckets.Take("a").Allowed ? 1 : 0;
                }

                return passed <= 30 + ((clock.GetUtcNow() - started).TotalMinutes * 30);
            }).QuickCheckThrowOnFailure();

    private sealed class StoppedClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => now;

        public void Advance(TimeSpan by) => now += by;
    }
}
