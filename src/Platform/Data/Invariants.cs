using Dapper;
using Npgsql;

namespace Portico.Platform.Data;

/// <summary>
/// Something that is true of a module's tables after every commit, whatever was done by however many at once. The database holds
/// most of it; this is how <c>portico verify</c> proves it.
/// </summary>
/// <param name="Says">In words: "every balance is the sum of its entries".</param>
/// <param name="Faults">A query of the module's database: one line of text for each thing that is not so.</param>
public sealed record Invariant(string Says, string Faults);

/// <summary>A module whose tables can be looked over.</summary>
public interface IVerifiedModule
{
    /// <summary>The module's name.</summary>
    string Module { get; }

    /// <summary>Its database, for what has to agree with another module's.</summary>
    NpgsqlDataSource Source { get; }

    /// <summary>What has to be true of it.</summary>
    IReadOnlyList<Invariant> Invariants { get; }

    /// <summary>What is wrong in it: all invariants asked of one state of the database.</summary>
    Task<IReadOnlyList<string>> FindFaultsAsync(CancellationToken cancellationToken);
}

/// <summary>How a module says what is always true of its tables.</summary>
public static class InvariantServices
{
    /// <summary>Has <c>portico verify</c> ask these of the module's database.</summary>
    public static void AddInvariants<TModule>(this IServiceCollection services, IEnumerable<Invariant> invariants)
    {
        foreach (var invariant in invariants)
        {
            services.AddSingleton(new InvariantOf<TModule>(invariant));
        }
    }
}

internal sealed record InvariantOf<TModule>(Invariant Invariant);

internal sealed class VerifiedModule<TModule>(ModuleDataSource<TModule> database, IEnumerable<InvariantOf<TModule>> invariants) : IVerifiedModule
{
    private static readonly Invariant NothingParked = new(
        "every fact can be told", "select format('%s %s cannot be told: %s', type, id, failure) from outbox where parked_at is not null");

    public string Module => database.Module;

    public NpgsqlDataSource Source => database.Source;

    public IReadOnlyList<Invariant> Invariants { get; } = [NothingParked, .. invariants.Select(one => one.Invariant)];

    public async Task<IReadOnlyList<string>> FindFaultsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        List<string> faults = [];
        foreach (var invariant in Invariants)
        {
            var found = await connection.QueryAsync<string>(new(invariant.Faults, transaction: transaction, commandTimeout: 0, cancellationToken: cancellationToken));
            faults.AddRange(found.Select(fault => $"not so: {invariant.Says}: {fault}"));
        }

        return faults;
    }
}
