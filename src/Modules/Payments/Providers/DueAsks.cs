using Portico.Platform.Data;

namespace Portico.Payments.Providers;

/// <summary>What providers are to be asked about, one after the other, shared among processes.</summary>
internal static class DueAsks
{
    /// <summary>Whoever asks has so long until somebody else does; longer than a provider may take with all its tries.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>The one of a table that has been due for the longest and that nobody is asking about.</summary>
    public static Task<TRow?> TakeDueAsync<TRow>(this Change change, string table, string columns, DateTimeOffset now, CancellationToken cancellationToken) =>
        change.FindAsync<TRow>(
            $"""
            update {table} set ask_at = @until, asked = asked + 1
            where id = (select id from {table} where ask_at <= @now order by ask_at limit 1 for update skip locked)
            returning {columns}
            """, new { now, until = now + Lease }, cancellationToken);
}
