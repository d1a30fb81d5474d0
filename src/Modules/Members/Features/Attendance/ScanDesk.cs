using System.Threading.Channels;
using Npgsql;
using Portico.Platform.Data;

namespace Portico.Members.Features.Attendance;

/// <summary>
/// Writes down scans. Those that come while others are being written share the next transaction: when a full room scans at
/// once the disk is waited for once per crowd and not once per member. Nobody waits for company: a scan that finds a free
/// clerk is written at once, and every scan is answered after its commit.
/// </summary>
internal sealed class ScanDesk(IServiceScopeFactory scopes) : BackgroundService
{
    // One computes while the other waits for the disk.
    private const int Clerks = 2;
    private const int LargestCrowd = 64;
    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>();

    public Task<ScanOutcome> RecordAsync(Scan scan, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(scan);
        queue.Writer.TryWrite(waiting);
        return waiting.Answer.Task.WaitAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Clerks).Select(_ => Task.Run(() => ServeAsync(stoppingToken), stoppingToken)));

    private async Task ServeAsync(CancellationToken stoppingToken)
    {
        List<Waiting> crowd = [];
        while (await queue.Reader.WaitToReadAsync(stoppingToken))
        {
            crowd.Clear();
            while (crowd.Count < LargestCrowd && queue.Reader.TryRead(out var waiting))
            {
                crowd.Add(waiting);
            }

            await WriteAsync(crowd);
        }
    }

    // What was begun is finished: a transaction is short, and those in the crowd are not to suffer from one that gave up.
    private async Task WriteAsync(List<Waiting> crowd)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<Database<MembersModule>>();
            var outcomes = await database.RecordAsync([.. crowd.Select(waiting => waiting.Scan)], CancellationToken.None);
            foreach (var (waiting, outcome) in crowd.Zip(outcomes))
            {
                waiting.Answer.SetResult(outcome);
            }
        }
        catch (PostgresException e) when (crowd.Count > 1 && !DatabaseFailures.IsUnavailable(e))
        {
            // Refused, so nothing is written: let everybody try alone, so that only the one it is about hears of it.
            foreach (var waiting in crowd)
            {
                await WriteAsync([waiting]);
            }
        }
        catch (Exception e)
        {
            // Each request answers for itself, as if it had met the failure alone.
            foreach (var waiting in crowd)
            {
                waiting.Answer.TrySetException(e);
            }
        }
    }

    private sealed record Waiting(Scan Scan)
    {
        public TaskCompletionSource<ScanOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
