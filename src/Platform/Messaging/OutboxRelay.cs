using System.Data.Common;
using Dapper;
using Npgsql;
using Portico.Platform.Data;

namespace Portico.Platform.Messaging;

/// <summary>
/// Takes committed facts out of one module's outbox and hands them to the transport, in order per key. Of the relays of
/// several processes one works at a time; when it ends, however it ends, the next one finds the outbox free.
/// </summary>
internal sealed class OutboxRelay<TModule>(
    ModuleDataSource<TModule> database, IEventTransport transport, OutboxMeter meter, ILogger<OutboxRelay<TModule>> logger) : BackgroundService
{
    private const int BatchSize = 500;
    private const int ParkAfter = 10;
    private const int SomebodyElseIsAtIt = -1;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                switch (await DeliverBatchAsync(stoppingToken))
                {
                    case 0:
                        await database.Bell.WaitAsync(Idle, TimeProvider.System, stoppingToken);
                        break;
                    case < BatchSize:
                        // The first fact goes at once; where they come in streams, a transaction for each would slow those who make them.
                        // And whoever is at it may have looked just before our last commit: look again soon.
                        await Task.Delay(Gather, TimeProvider.System, stoppingToken);
                        break;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException)
            {
                logger.RelayIsStuck(database.Module, e.Message);
                await database.Bell.WaitAsync(Idle, TimeProvider.System, stoppingToken);
            }
        }
    }

    private async Task<int> DeliverBatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await IsOursAsync(connection, transaction, cancellationToken))
        {
            return SomebodyElseIsAtIt;
        }

        // Where the oldest fact of a key waits for another attempt, its key waits. What is delivered is noted when the batch ends, and
        // therefore soon: it comes again if the process dies meanwhile.
        var due = (await connection.QueryAsync<Due>(new(
            """
            select position, id, type, topic, key, payload, trace_parent, occurred_at, attempts, actor, origin
            from outbox
            where parked_at is null and (next_attempt_at is null or next_attempt_at <= now())
              and key not in (select key from outbox where parked_at is null and next_attempt_at > now())
            order by position
            limit @BatchSize
            """, new { BatchSize }, transaction, cancellationToken: cancellationToken))).AsList();
        var byId = due.ToDictionary(fact => fact.Id);
        var tried = await transport.SendAsync([.. due.Select(fact => fact.Envelope(database.Module))], cancellationToken);
        foreach (var (envelope, failure) in tried.Where(one => one.Failure is not null))
        {
            await PutBackAsync(connection, transaction, byId[envelope.Id], failure!, cancellationToken);
        }

        var delivered = tried.Where(one => one.Failure is null).Select(one => byId[one.Fact.Id].Position).ToList();
        await connection.ExecuteAsync(new(
            "delete from outbox where position = any(@delivered)", new { delivered }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        meter.Delivered(database.Module, delivered.Count);
        await meter.SampleAsync(database.Module, connection, cancellationToken);
        return delivered.Count;
    }

    // The statistics are mostly those of an empty table, for which every plan is good; when it is full only the one that walks the
    // positions is.
    private static Task<bool> IsOursAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<bool>(new(
            """
            select pg_try_advisory_xact_lock(hashtextextended('outbox-relay', 0)),
                   set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)
            """, transaction: transaction, cancellationToken: cancellationToken));

    private async Task PutBackAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Due fact, Exception failure, CancellationToken cancellationToken)
    {
        var passing = DeliveryFailures.IsPassing(failure);
        var attempts = passing ? fact.Attempts : fact.Attempts + 1;
        var wait = passing ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, attempts - 1)));
        await connection.ExecuteAsync(new(
            """
            update outbox
            set attempts = @attempts, failure = @failure, next_attempt_at = now() + @wait,
                parked_at = case when @attempts >= @ParkAfter then now() end
            where position = @Position
            """,
            new { attempts, failure = $"{failure.GetType().Name}: {failure.Message}", wait, ParkAfter, fact.Position },
            transaction,
            cancellationToken: cancellationToken));
        if (attempts >= ParkAfter)
        {
            logger.FactIsParked(database.Module, fact.Type, fact.Id, failure);
        }
        else if (!passing)
        {
            logger.FactWasRefused(database.Module, fact.Type, fact.Id, attempts, failure);
        }
    }

    private sealed record Due(
        long Position, Guid Id, string Type, string Topic, Guid Key, string Payload, string? TraceParent, DateTimeOffset OccurredAt, int Attempts,
        Guid? Actor, string? Origin)
    {
        public EventEnvelope Envelope(string source) => new(Id, Type, Topic, Key, source, OccurredAt, TraceParent, Payload, Actor, Origin);
    }
}

internal static partial class RelayLog
{
    [LoggerMessage(LogLevel.Warning, "What {Module} says waits: {Reason}")]
    public static partial void RelayIsStuck(this ILogger logger, string module, string reason);

    [LoggerMessage(LogLevel.Warning, "{Module}'s fact {Type} {Id} was refused (attempt {Attempt})")]
    public static partial void FactWasRefused(this ILogger logger, string module, string type, Guid id, int attempt, Exception failure);

    [LoggerMessage(LogLevel.Error, "{Module}'s fact {Type} {Id} is parked: see `portico outbox`")]
    public static partial void FactIsParked(this ILogger logger, string module, string type, Guid id, Exception failure);
}
