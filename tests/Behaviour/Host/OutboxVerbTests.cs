namespace Portico.Tests.Behaviour.Host;

public sealed class OutboxVerbTests
{
    [Fact]
    public async Task A_parked_fact_is_listed_and_delivered_once_it_is_sent_again()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var settings = platform.Databases;
        var id = Guid.CreateVersion7();
        await platform.ExecuteAsync(
            "auth",
            """
            insert into outbox (id, type, topic, key, payload, occurred_at, attempts, failure, parked_at)
            values (@id, 'test.parked', 'users', @id, '{}', now() - interval '2 hours', 10, 'Refused: nobody liked it', now())
            """,
            new { id });

        var parked = await PorticoExecutable.RunAsync(settings, "outbox", "parked", "auth", "--data", platform.DataFolder);
        Assert.True(parked.ExitCode == 0, parked.Errors);
        Assert.StartsWith($"{id}  test.parked  0d 02:0", parked.Output, StringComparison.Ordinal);
        Assert.EndsWith("Refused: nobody liked it", parked.Output, StringComparison.Ordinal);

        var unknown = await PorticoExecutable.RunAsync(settings, "outbox", "resend", "auth", Guid.CreateVersion7().ToString(), "--data", platform.DataFolder);
        Assert.Equal(1, unknown.ExitCode);

        var resent = await PorticoExecutable.RunAsync(settings, "outbox", "resend", "auth", "all", "--data", platform.DataFolder);
        Assert.Equal((0, "1 to be delivered again"), (resent.ExitCode, resent.Output));
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<Guid>("auth", "select id from outbox where id = @id", new { id })).Count == 0, "it was not delivered");
    }
}
