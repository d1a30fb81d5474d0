using Dapper;
using Npgsql;

namespace Portico.Tests.Behaviour.Delivery;

[Trait("Category", "Proof")]
public sealed class AwayNeighbourTests
{
    [Fact]
    public async Task A_neighbour_that_is_down_delays_facts_and_loses_none()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, adjust: ListenerSteps.Listening());
        await platform.MakeTableAsync();
        await platform.StopAsync("members");

        var names = Enumerable.Range(0, 20).Select(_ => AccountSteps.NewName()).ToList();
        var people = await Task.WhenAll(names.Select(name => platform.Somebody().RegisterAsync(name)));
        Assert.All(people, answer => answer.Expect(HttpStatusCode.Created));
        // It is tried, and that it fails is nobody's fault.
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<bool>("auth", "select exists (select from outbox where failure is not null)")).Single(), "nothing was tried");
        Assert.Equal(20, (await platform.QueryAsync<int>("auth", "select count(*)::int from outbox where attempts = 0 and parked_at is null")).Single());
        var token = people[0].Text("token");
        var anna = platform.Somebody();
        anna.Token = token;
        Assert.True((await anna.GetAsync("/api/members/profile")) is { Status: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable, Code: not null });

        await platform.StartAgainAsync("members");

        await Eventually.TrueAsync(async () => await platform.WaitingAsync() == 0, "the facts do not arrive");
        Assert.Equal(names.Order(), (await platform.HeardAsync()).Select(heard => heard.Name).Order());
        await Eventually.TrueAsync(async () => (await anna.GetAsync("/api/members/profile")).Status is HttpStatusCode.OK, "the gateway does not find the neighbour again");
    }

    [Fact]
    public async Task A_neighbour_that_reads_little_at_a_time_gets_all_that_it_can_read_and_the_rest_is_parked()
    {
        await using var platform = await RunningPlatform.StartAsync(
            Shape.ProcessPerModule, new() { ["Http:MaxBodyBytes"] = "2048" }, ListenerSteps.Listening());
        await platform.MakeTableAsync();
        var (endless, people) = (Guid.CreateVersion7(), Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToList());

        await platform.PublishAsync([ListenerSteps.Fact(endless, "endless", new string('x', 3000)), .. people.Select(person => ListenerSteps.Fact(person, $"{person}"))]);

        await Eventually.TrueAsync(
            async () =>
            {
                // The pauses between attempts grow to minutes: nobody waits for them here.
                await platform.ExecuteAsync("auth", "update outbox set next_attempt_at = null where parked_at is null");
                platform.RingTheBell();
                return await platform.WaitingAsync() == 0;
            },
            "the facts do not arrive");
        Assert.Equal(people.Select(person => $"{person}").Order(), (await platform.HeardAsync()).Select(heard => heard.Name).Order());
        var parked = (await platform.QueryAsync<(Guid Key, string Failure)>("auth", "select key, failure from outbox")).Single();
        Assert.Equal(endless, parked.Key);
        Assert.Contains("413", parked.Failure, StringComparison.Ordinal);
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_consumer_whose_database_is_closed_delays_facts_and_loses_none(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, adjust: ListenerSteps.Listening());
        await platform.MakeTableAsync();
        // Opened before the door is closed, so that somebody can open it again.
        await using var inside = new NpgsqlConnection(platform.Databases["Modules:members:ConnectionString"] + ";Pooling=false");
        await inside.OpenAsync();
        await AllowAsync(false);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => platform.Somebody().RegisterAsync(AccountSteps.NewName())));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.Created));
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<bool>("auth", "select exists (select from outbox where failure is not null)")).Single(), "nothing was tried");
        Assert.Equal(10, (await platform.QueryAsync<int>("auth", "select count(*)::int from outbox where attempts = 0 and parked_at is null")).Single());
        var anna = platform.Somebody();
        anna.Token = answers[0].Text("token");
        var meanwhile = (await anna.GetAsync("/api/members/profile")).Expect(HttpStatusCode.ServiceUnavailable, "database-unavailable");
        Assert.NotNull(meanwhile.Headers.RetryAfter);
        (await anna.GetAsync("/api/auth/me")).Expect(HttpStatusCode.OK);

        await AllowAsync(true);

        await Eventually.TrueAsync(async () => await platform.WaitingAsync() == 0, "the facts do not arrive");
        Assert.Equal(10, await inside.ExecuteScalarAsync<long>("select count(*) from heard"));
        (await anna.GetAsync("/api/members/profile")).Expect(HttpStatusCode.OK);

        async Task AllowAsync(bool open)
        {
            await inside.ExecuteAsync($"alter database {inside.Database} connection limit {(open ? -1 : 0)}");
            await inside.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        }
    }
}
