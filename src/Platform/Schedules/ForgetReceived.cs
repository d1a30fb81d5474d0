using Portico.Platform.Data;

namespace Portico.Platform.Schedules;

/// <summary>
/// Forgets which facts came in a month ago, when none of them is sent again any more, and the first answers to requests of the day
/// before yesterday. Every module that does something by the clock does this too.
/// </summary>
internal sealed class ForgetReceived<TModule>(Database<TModule> database, TimeProvider time) : IScheduledJob
{
    public const string Name = "forget-received";

    private static readonly (string Sql, TimeSpan After)[] Tables =
    [
        ("delete from inbox where received_at < @before", TimeSpan.FromDays(30)),
        ("delete from answers where created_at < @before", TimeSpan.FromDays(2)),
    ];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (sql, after) in Tables)
        {
            await using var change = await database.BeginAsync(cancellationToken);
            await change.ExecuteAsync(sql, new { before = now - after }, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }
    }
}
