using System.Data.Common;
using Dapper;
using Npgsql;
using Portico.Platform.Data;

namespace Portico.Platform.Messaging;

/// <summary>
/// Takes committed facts out of one module's outbox and hands them to the transport, in order per key. Any number of
/// relays may work on one outbox: locked rows are skipped, and only the oldest fact of a key is ever taken.
/// </summary>
internal sealed class OutboxRelay<TModule>(
    ModuleDataSource<TModule> database, IEventTransport transport, OutboxMeter meter, ILogger<OutboxRelay<TModule>> logger) : BackgroundService
{
    private const int BatchSize = 100;
    private const int ParkAfter = 10;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await DeliverBatchAsync(stoppingToken) == 0)
                {
                    await database.Bell.WaitAsync(Idle, TimeProvider.System, stoppingToken);
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
        var due = (await connection.QueryAsync<Due>(new(
            """
            select position, id, type, topic, key, payload, trace_parent, occurred_at, attempts
            from outbox as fact
            where parked_at is null
              and (next_attempt_at is null or next_attempt_at <= now())
              and not exists (
                  select from outbox as earlier
                  where earlier.key = fact.key and earlier.position < fact.position and earlier.parked_at is null)
            order by position
            limit @BatchSize
            for update skip locked
            """, new { BatchSize }, transaction, cancellationToken: cancellationToken))).AsList();
        List<long> delivered = [];
        foreach (var fact in due)
        {
            try
            {
                await transport.SendAsync(fact.Envelope(database.Module), cancellationToken);
                delivered.Add(fact.Position);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                await PutBackAsync(connection, transaction, fact, e, cancellationToken);
            }
        }

        await connection.ExecuteAsync(new(
            "delete from outbox where position = any(@delivered)", new { delivered }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        meter.Delivered(database.Module, delivered.Count);
        await meter.SampleAsync(database.Module, connection, cancellationToken);
        return delivered.Count;
    }

    private async Task PutBackAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Due fact, Exception failure, CancellationToken cancellationToken)
    {
        // Somebody being away says nothing about the fact: only a consumer's own refusals count towards parking it.
        var away = failure is HttpRequestException or TimeoutException or OperationCanceledException || DatabaseFailures.IsUnavailable(failure);
        var attempts = away ? fact.Attempts : fact.Attempts + 1;
        var wait = away ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, attempts - 1)));
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
        else if (!away)
        {
            logger.FactWasRefused(database.Module, fact.Type, fact.Id, attempts, failure);
        }
    }

    private sealed record Due(
        long Position, Guid Id, string Type, string Topic, Guid Key, string Payload, string? TraceParent, DateTimeOffset OccurredAt, int Attempts)
    {
        public EventEnvelope Envelope(string source) => new(Id, Type, Topic, Key, source, OccurredAt, TraceParent, Payload);
    }
}

internal static partial class RelayLog
{
    [LoggerMessage(LogLevel.Warning, "The outbox of {Module} cannot be read: {Reason}")]
    public static partial void RelayIsStuck(this ILogger logger, string module, string reason);

    [LoggerMessage(LogLevel.Warning, "{Module}'s fact {Type} {Id} was refused (attempt {Attempt})")]
    public static partial void FactWasRefused(this ILogger logger, string module, string type, Guid id, int attempt, Exception failure);

    [LoggerMessage(LogLevel.Error, "{Module}'s fact {Type} {Id} is parked: see `portico outbox`")]
    public static partial void FactIsParked(this ILogger logger, string module, string type, Guid id, Exception failure);
}
