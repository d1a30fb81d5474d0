using System.Text.Json;
using Portico.Contracts.Bookings;
using Portico.Platform.Messaging;
using Portico.Tests.Behaviour.Bookings;
using RabbitMQ.Client;

namespace Portico.Tests.Behaviour.Notifications;

/// <summary>With RabbitMQ the broker hands out what is to be done; that it is done once is still the database's to say.</summary>
[Trait("Category", "Proof")]
public sealed class QueueTests
{
    [Fact]
    public async Task A_broker_hands_out_each_job_and_when_it_dies_none_is_lost_and_none_done_twice()
    {
        await using var broker = await BrokerServer.StartedAsync();
        await using var server = await MailServer.StartedAsync();
        Dictionary<string, string?> settings = new(server.Settings.Concat(BookingSteps.ByHand)) { ["Modules:Notifications:RabbitMq:Uri"] = broker.Uri };
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, settings);
        await platform.StartAnotherAsync("notifications");
        var (admin, anna) = (await platform.AdminAsync(), await platform.ReachableAsync());
        await SayAsync(30);
        await DoneAsync();
        Assert.Equal(0, await CountAsync("status = 'sent' and queued_at is null"));

        await broker.KillAsync();
        await SayAsync(20);
        Assert.Equal(20, await CountAsync("status = 'waiting'"));
        Assert.Equal(30, server.Count);
        await broker.StartAsync();
        await DoneAsync();
        var mails = await server.MailsAsync();
        Assert.Equal((50, 50), (mails.Count, mails.DistinctBy(mail => mail.MessageId).Count()));

        // One that hangs is given up, and what it did not confirm is handed to it anew.
        await broker.FreezeAsync();
        await platform.ExecuteAsync(
            "notifications",
            """
            insert into deliveries (id, channel, kind, member_id, event_id, payload, due_at, created_at)
            select gen_random_uuid(), 'in_app', 'booking_reminder', @Id, gen_random_uuid(), '{}', now(), now() from generate_series(1, 400)
            """, new { anna.Id });
        await Eventually.TrueAsync(
            () => Task.FromResult(platform.Logs.Lines.Any(line => line.Contains("did not confirm", StringComparison.Ordinal))), "nobody minds that it confirms nothing",
            TimeSpan.FromMinutes(1));
        await broker.ThawAsync();
        await DoneAsync();

        // What the broker took and lost is handed to it again.
        await platform.ExecuteAsync(
            "notifications",
            """
            insert into deliveries (id, channel, kind, member_id, event_id, payload, due_at, created_at, queued_at)
            values (gen_random_uuid(), 'email', 'booking_expired', @Id, gen_random_uuid(), @payload, now(), now(), now() - interval '1 hour')
            """, new { anna.Id, payload = JsonSerializer.Serialize(new BookingExpired(platform.BookingOf(anna), "held", platform.Clock.GetUtcNow()), EventJson.Options) });
        await DoneAsync();
        Assert.Equal(51, server.Count);

        // What comes back from the dead is shown to administrators and sent again from there.
        var now = platform.Clock.GetUtcNow();
        await platform.SayAsync(new BookingHeld(platform.BookingOf(anna), now.AddHours(1), false, now));
        var id = (await platform.QueryAsync<Guid>("notifications", "select id from deliveries where status = 'waiting' and channel = 'email'")).Single();
        await RejectAsync(broker.Uri, id);
        await Eventually.TrueAsync(async () => await CountAsync("status = 'dead'") == 1, "what is dead is not shown");
        var dead = (await admin.GetAsync($"{NotificationSteps.Deliveries}?status=dead")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single();
        Assert.Equal((id, "dead_letter"), (dead.GetProperty("id").GetGuid(), dead.GetProperty("failure").GetString()));
        (await admin.PostAsync($"{NotificationSteps.Deliveries}/{id}/send-again")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(() => Task.FromResult(server.Count == 52), "what was dead is not sent again");

        async Task SayAsync(int count)
        {
            for (var nth = 0; nth < count; nth++)
            {
                await platform.SayAsync(new BookingConfirmed(platform.BookingOf(anna), "staff", null, platform.Clock.GetUtcNow()));
            }
        }

        Task DoneAsync() => Eventually.TrueAsync(
            async () => await CountAsync("status = 'waiting'") == 0, "something is not delivered", TimeSpan.FromMinutes(2));
        async Task<long> CountAsync(string where) => (await platform.QueryAsync<long>("notifications", $"select count(*) from deliveries where {where}")).Single();
    }

    // As the broker does with what came back too often.
    private static async Task RejectAsync(string uri, Guid id)
    {
        await using var connection = await new ConnectionFactory { Uri = new(uri) }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await channel.BasicPublishAsync(
            "", "portico.deliveries.dead", mandatory: true, new BasicProperties { MessageId = id.ToString() }, ReadOnlyMemory<byte>.Empty, TestContext.Current.CancellationToken);
    }
}
