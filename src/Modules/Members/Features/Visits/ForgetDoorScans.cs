using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Members.Features.Visits;

/// <summary>
/// Drops the door's book once no scan in it can be sent again: after seven days each would be refused as too old anyway.
/// What staff may still have to sort out stays a year.
/// </summary>
internal sealed class ForgetDoorScans(Database<MembersModule> database, TimeProvider time) : IScheduledJob
{
    private static readonly TimeSpan Answered = TimeSpan.FromDays(30);
    private static readonly TimeSpan Conflicting = TimeSpan.FromDays(365);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        await change.ExecuteAsync(
            "delete from door_scans where received_at < case outcome when 'scan-conflict' then @conflicting else @answered end and received_at < @answered",
            new { answered = now - Answered, conflicting = now - Conflicting }, cancellationToken);
        await change.CommitAsync(cancellationToken);
    }
}
