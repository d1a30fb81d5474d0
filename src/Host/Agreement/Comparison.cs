using Npgsql;

namespace Portico.Host.Agreement;

/// <summary>
/// Something that two modules say of the same things, each in its own database. Both queries answer rows in the order of an id:
/// the first <c>id, amount</c>, the second <c>id, least, most</c>, and the amount has to be between the two. What one of them does
/// not name is nothing.
/// </summary>
/// <param name="Says">In words: "everybody with an account is known to bookings".</param>
internal sealed record Comparison(string Says, string Module, string Amounts, string Other, string Bounds)
{
    /// <summary>Reads both side by side: neither has to fit into memory.</summary>
    public async IAsyncEnumerable<string> FindFaultsAsync(
        NpgsqlDataSource module, NpgsqlDataSource other, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var amountsCommand = Command(module, Amounts);
        await using var boundsCommand = Command(other, Bounds);
        await using var amounts = await amountsCommand.ExecuteReaderAsync(cancellationToken);
        await using var bounds = await boundsCommand.ExecuteReaderAsync(cancellationToken);
        var amount = await NextAsync(amounts, cancellationToken);
        var bound = await NextAsync(bounds, cancellationToken);
        while (amount is not null || bound is not null)
        {
            var id = amount is null ? bound!.Value : bound is null || amount < bound ? amount.Value : bound.Value;
            var value = amount == id ? amounts.GetDecimal(1) : 0;
            var (least, most) = bound == id ? (bounds.GetDecimal(1), bounds.GetDecimal(2)) : (0, 0);
            if (value < least || value > most)
            {
                yield return $"not so: {Says}: {id} is {value} in {Module} and {(least == most ? $"{least}" : $"{least} to {most}")} in {Other}";
            }

            amount = amount == id ? await NextAsync(amounts, cancellationToken) : amount;
            bound = bound == id ? await NextAsync(bounds, cancellationToken) : bound;
        }
    }

    private static NpgsqlCommand Command(NpgsqlDataSource source, string sql)
    {
        var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        return command;
    }

    private static async Task<Guid?> NextAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(cancellationToken) ? reader.GetGuid(0) : null;
}
