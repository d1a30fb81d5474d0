using System.Diagnostics;
using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>
/// Deliveries that are due all at once, until the last is done: handed out by RabbitMQ (quorum queues, confirmed, acknowledged once done),
/// against those that processes take from the database themselves. What is done is the least there is, a line in a member's inbox.
/// </summary>
internal static class QueueThroughput
{
    // Those made here: the people of rows before are in Bookings alone, and mails to them wait for a day.
    private const string Waiting = "deliveries where status = 'waiting' and payload = '{}'";
    private const int Unmeasured = 3_000;
    private const int Measured = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var rabbit = await RabbitMq.StartAsync(workbench, cancellationToken);
        var (ours, theirs) = await Rounds.AlternateAsync(
            () => DonePerSecondAsync(new() { ["Modules__Notifications__RabbitMq__Uri"] = rabbit.Uri }), () => DonePerSecondAsync([]));
        return [Finding.Only("deliveries done through RabbitMQ against taken from the database", ours.Median(rate => rate), "/s", theirs.Median(rate => rate))];

        async Task<double> DonePerSecondAsync(Dictionary<string, string> queue)
        {
            await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor().And(queue), cancellationToken);
            await DoneAsync(Unmeasured);
            return await DoneAsync(Measured);
        }

        async Task<double> DoneAsync(int jobs)
        {
            await workbench.Database.ExecuteAsync(
                "portico_notifications",
                """
                insert into deliveries (id, channel, kind, member_id, event_id, payload, due_at, created_at)
                select gen_random_uuid(), 'in_app', 'booking_reminder', gen_random_uuid(), gen_random_uuid(), '{}', now(), now() from generate_series(1, @jobs)
                """, new { jobs }, cancellationToken);
            // From the first that is done: nobody was told that there are any, and it takes up to a second to look.
            var begun = await LeftAsync(jobs - 1);
            var working = Stopwatch.StartNew();
            var left = await LeftAsync(0);
            return (begun - left) / working.Elapsed.TotalSeconds;
        }

        async Task<long> LeftAsync(long most)
        {
            for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < Patience; await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken))
            {
                if (await workbench.Database.CountAsync("portico_notifications", Waiting, cancellationToken) is var left && left <= most)
                {
                    return left;
                }
            }

            throw new InvalidOperationException($"More than {most} deliveries wait after {Patience.TotalSeconds} s.");
        }
    }
}
