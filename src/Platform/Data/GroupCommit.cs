using System.Threading.Channels;
using Npgsql;

namespace Portico.Platform.Data;

/// <summary>
/// Group commit. Writes that come while others are being written share the next transaction: when many come at once the disk is
/// waited for, and the database asked, once per group and not once per write. Nobody waits for company: a write that finds nobody
/// before it is made at once, and every one is answered after its commit.
/// </summary>
/// <param name="writeAll">Makes the writes in one transaction. The outcomes are in their order.</param>
public sealed class GroupCommit<TModule, TWrite, TOutcome>(
    IServiceScopeFactory scopes, Func<Database<TModule>, IReadOnlyList<TWrite>, CancellationToken, Task<IReadOnlyList<TOutcome>>> writeAll) : BackgroundService
{
    private const int LargestGroup = 64;
    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>();

    /// <summary>
    /// In a transaction with whoever else writes now. With an <c>Idempotency-Key</c> the write belongs to the transaction that stores
    /// its answer, and to no other.
    /// </summary>
    /// <param name="database">The request's.</param>
    public async Task<TOutcome> WriteAsync(TWrite write, Database<TModule> database, CancellationToken cancellationToken)
    {
        if (database.StoresAnswer)
        {
            return (await writeAll(database, [write], cancellationToken))[0];
        }

        var waiting = new Waiting(write, cancellationToken);
        queue.Writer.TryWrite(waiting);
        return await waiting.Answer.Task.WaitAsync(cancellationToken);
    }

    // One group at a time: the next one gathers meanwhile. Two at a time are smaller ones, which cost more than the wait for the disk.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        List<Waiting> group = [];
        while (await queue.Reader.WaitToReadAsync(stoppingToken))
        {
            group.Clear();
            while (group.Count < LargestGroup && queue.Reader.TryRead(out var waiting))
            {
                // Whoever went away before anybody came to it will ask again.
                if (!waiting.GivenUp.IsCancellationRequested)
                {
                    group.Add(waiting);
                }
            }

            if (group.Count > 0)
            {
                await WriteGroupAsync(group);
            }
        }
    }

    // What was begun is finished: a transaction is short, and those in the group are not to suffer from one that gave up.
    private async Task WriteGroupAsync(List<Waiting> group)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<Database<TModule>>();
            var outcomes = await writeAll(database, [.. group.Select(waiting => waiting.Write)], CancellationToken.None);
            foreach (var (waiting, outcome) in group.Zip(outcomes))
            {
                waiting.Answer.SetResult(outcome);
            }
        }
        catch (PostgresException e) when (group.Count > 1 && !DatabaseFailures.IsUnavailable(e))
        {
            // Refused, so nothing is written: let everybody try alone, so that only the one it is about hears of it.
            foreach (var waiting in group)
            {
                await WriteGroupAsync([waiting]);
            }
        }
        catch (Exception e)
        {
            // Each request answers for itself, as if it had met the failure alone.
            foreach (var waiting in group)
            {
                waiting.Answer.TrySetException(e);
            }
        }
    }

    private sealed record Waiting(TWrite Write, CancellationToken GivenUp)
    {
        public TaskCompletionSource<TOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

public static class GroupCommitServices
{
    /// <summary>Writes of one kind that share transactions when many come at once.</summary>
    /// <param name="writeAll">Makes the writes in one transaction. The outcomes are in their order.</param>
    public static void AddGroupCommit<TModule, TWrite, TOutcome>(
        this IServiceCollection services, Func<Database<TModule>, IReadOnlyList<TWrite>, CancellationToken, Task<IReadOnlyList<TOutcome>>> writeAll)
    {
        services.AddSingleton(provider => new GroupCommit<TModule, TWrite, TOutcome>(provider.GetRequiredService<IServiceScopeFactory>(), writeAll));
        services.AddHostedService(provider => provider.GetRequiredService<GroupCommit<TModule, TWrite, TOutcome>>());
    }
}
