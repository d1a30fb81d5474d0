using Dapper;
using Portico.Platform.Data;

namespace Portico.Platform.Messaging;

/// <summary>A fact that its consumers refused too often, so that nobody tries any more.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Type">Its wire name, <c>user.registered</c>.</param>
/// <param name="OccurredAt">When it became true.</param>
/// <param name="Failure">What the last refusal said.</param>
public sealed record ParkedFact(Guid Id, string Type, DateTimeOffset OccurredAt, string? Failure);

/// <summary>The facts of one module's outbox that wait for somebody to look at them.</summary>
public interface IParkedFacts
{
    /// <summary>The module's name.</summary>
    string Module { get; }

    /// <summary>All of them, oldest first.</summary>
    Task<IReadOnlyList<ParkedFact>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Has the relay try again: one of them, or all when <paramref name="id"/> is null. Answers how many.</summary>
    Task<int> ResendAsync(Guid? id, CancellationToken cancellationToken);
}

internal sealed class ParkedFacts<TModule>(ModuleDataSource<TModule> database) : IParkedFacts
{
    public string Module => database.Module;

    public async Task<IReadOnlyList<ParkedFact>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<ParkedFact>(new(
            "select id, type, occurred_at, failure from outbox where parked_at is not null order by position",
            cancellationToken: cancellationToken))).AsList();
    }

    public async Task<int> ResendAsync(Guid? id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new(
            """
            update outbox set parked_at = null, attempts = 0, next_attempt_at = null
            where parked_at is not null and (@id::uuid is null or id = @id)
            """, new { id }, cancellationToken: cancellationToken));
    }
}
