using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Portico.Auth.Passwords;

/// <summary>A few threads of their own, of low priority, so that a storm of logins delays no other request.</summary>
internal sealed class HashingWorkers : IDisposable
{
    private const int Nice = 10;
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<Action> queue;
    private readonly Thread[] threads;
    private readonly TimeSpan patience;
    private readonly ILogger<HashingWorkers> logger;

    public HashingWorkers(IOptions<PasswordHashingOptions> options, ILogger<HashingWorkers> logger)
    {
        this.logger = logger;
        patience = options.Value.Patience;
        // Synchronously: what continues here is only a worker's wake-up, which must not wait for a busy thread pool.
        queue = Channel.CreateBounded<Action>(new BoundedChannelOptions(options.Value.QueueLimit) { AllowSynchronousContinuations = true });
        threads = [.. Enumerable.Range(1, options.Value.Workers).Select(number =>
            new Thread(Work) { Name = $"password-hashing-{number}", IsBackground = true, Priority = ThreadPriority.BelowNormal })];
        foreach (var thread in threads)
        {
            // Start() would hold on to the context of the request that happened to be the first.
            thread.UnsafeStart();
        }
    }

    /// <summary>How many passwords wait for a thread.</summary>
    public int Waiting => queue.Reader.Count;

    /// <param name="within">How long it may take; a request's patience when left out.</param>
    /// <exception cref="HashingBusyException">The queue is full, or no thread came to it in time.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken, TimeSpan? within = null)
    {
        ObjectDisposedException.ThrowIf(stopping.IsCancellationRequested, this);
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        await using var waiter = givenUp.Token.UnsafeRegister((_, token) => done.TrySetCanceled(token), null);
        if (!queue.Writer.TryWrite(() => Complete(done, work)))
        {
            throw stopping.IsCancellationRequested ? new ObjectDisposedException(nameof(HashingWorkers)) : new HashingBusyException();
        }

        try
        {
            return await done.Task.WaitAsync(within ?? patience, TimeProvider.System, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // A thread that comes to it later finds it settled and skips it.
            done.TrySetCanceled(CancellationToken.None);
            throw new HashingBusyException();
        }
    }

    public void Dispose()
    {
        queue.Writer.TryComplete();
        stopping.Cancel();
        foreach (var thread in threads)
        {
            thread.Join();
        }
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> work)
    {
        if (done.Task.IsCompleted)
        {
            return;
        }

        try
        {
            done.TrySetResult(work());
        }
        catch (Exception failure)
        {
            done.TrySetException(failure);
        }
    }

    private void Work()
    {
        if (!NiceThread.TryLowerCurrent(Nice))
        {
            logger.PriorityStays(Nice);
        }

        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (queue.Reader.TryRead(out var job))
            {
                job();
            }
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The system refused nice {Nice} for a password hashing thread: many logins at once may slow other requests")]
    public static partial void PriorityStays(this ILogger logger, int nice);
}
