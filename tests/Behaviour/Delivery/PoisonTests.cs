namespace Portico.Tests.Behaviour.Delivery;

[Trait("Category", "Proof")]
public sealed class PoisonTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_fact_that_nobody_can_digest_is_parked_and_holds_up_nobody_else(Shape shape)
    {
        var patient = new Listener.Patient();
        await using var platform = await RunningPlatform.StartAsync(shape, adjust: ListenerSteps.Listening(patient));
        await platform.MakeTableAsync();
        var (sick, well) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await platform.PublishAsync(ListenerSteps.Fact(sick, "poison", "poison"), ListenerSteps.Fact(sick, "after poison"), ListenerSteps.Fact(well, "first"));
        await Eventually.TrueAsync(async () => (await platform.HeardAsync()).Any(heard => heard.Name == "first"), "the others wait for the poison");
        await Eventually.TrueAsync(() => Task.FromResult(patient.Attempts.GetValueOrDefault(sick) > 0), "the poison was never tried");
        // Order holds: what was said later of the same person waits. Nothing of the failed attempt is left.
        Assert.Equal(["first"], (await platform.HeardAsync()).Select(heard => heard.Name));

        await Eventually.TrueAsync(
            async () =>
            {
                // The pauses between attempts grow to minutes: nobody waits for them here.
                await platform.ExecuteAsync("auth", "update outbox set next_attempt_at = null where parked_at is null and key = @sick", new { sick });
                await platform.PublishAsync(ListenerSteps.Fact(well, "meanwhile"));
                return (await platform.QueryAsync<bool>("auth", "select parked_at is not null from outbox where payload like '%poison\"%' and attempts > 0")).SingleOrDefault();
            },
            "the poison is not parked");

        await Eventually.TrueAsync(async () => await platform.WaitingAsync() == 0, "the others are held up");
        var parked = (await platform.QueryAsync<(Guid Key, int Attempts, string Failure)>("auth", "select key, attempts, failure from outbox")).Single();
        Assert.Equal((sick, 10), (parked.Key, parked.Attempts));
        Assert.Contains("InvalidOperationException: This fact cannot be digested.", parked.Failure, StringComparison.Ordinal);
        Assert.Equal(10, patient.Attempts[sick] - 1);
        var heard = await platform.HeardAsync();
        Assert.DoesNotContain(heard, fact => fact.Name == "poison");
        Assert.Single(heard, fact => fact.Name == "after poison");
        Assert.Contains(platform.Logs.Lines, line => line.Contains("is parked", StringComparison.Ordinal));

        // Sent again by hand once the consumer is mended, it arrives once.
        patient.Cured = true;
        await platform.ExecuteAsync("auth", "update outbox set parked_at = null, attempts = 0, next_attempt_at = null");
        platform.RingTheBell();
        await Eventually.TrueAsync(async () => (await platform.HeardAsync()).Count(fact => fact.Name == "poison") == 1, "the mended fact does not arrive");
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task What_is_said_of_somebody_while_an_earlier_fact_waits_to_be_tried_again_waits_too(Shape shape)
    {
        var patient = new Listener.Patient();
        await using var platform = await RunningPlatform.StartAsync(shape, adjust: ListenerSteps.Listening(patient));
        await platform.MakeTableAsync();
        var (sick, well) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await platform.PublishAsync(ListenerSteps.Fact(sick, "poison", "poison"));
        // A long pause before the next attempt, so that none comes in between.
        await Eventually.TrueAsync(
            async () => await platform.ExecuteAsync("auth", "update outbox set next_attempt_at = now() + interval '1 hour' where attempts > 0") == 1, "it was never tried");
        patient.Cured = true;

        await platform.PublishAsync(ListenerSteps.Fact(sick, "after poison"), ListenerSteps.Fact(well, "first"));
        await Eventually.TrueAsync(async () => (await platform.HeardAsync()).Any(heard => heard.Name == "first"), "the others wait for the poison");
        Assert.Equal(["first"], (await platform.HeardAsync()).Select(heard => heard.Name));

        await platform.ExecuteAsync("auth", "update outbox set next_attempt_at = null");
        await Eventually.TrueAsync(async () => await platform.WaitingAsync() == 0, "it is not tried again");
        Assert.Equal(["first", "poison", "after poison"], (await platform.HeardAsync()).Select(heard => heard.Name));
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_consumer_that_fails_once_hears_the_fact_again_and_applies_it_once(Shape shape)
    {
        var patient = new Listener.Patient();
        await using var platform = await RunningPlatform.StartAsync(shape, adjust: ListenerSteps.Listening(patient));
        await platform.MakeTableAsync();
        var key = Guid.CreateVersion7();

        await platform.PublishAsync(ListenerSteps.Fact(key, "poison", "poison"), ListenerSteps.Fact(key, "after"));
        await Eventually.TrueAsync(() => Task.FromResult(patient.Attempts.GetValueOrDefault(key) > 0), "it was never tried");
        patient.Cured = true;

        await Eventually.TrueAsync(async () => await platform.WaitingAsync() == 0, "it is not tried again");
        Assert.Equal(["poison", "after"], (await platform.HeardAsync()).Select(heard => heard.Name));
        Assert.Single(await platform.QueryAsync<Guid>("members", "select id from profiles where id = @key", new { key }));
    }
}
