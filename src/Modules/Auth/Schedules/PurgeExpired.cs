using Microsoft.Extensions.Options;
using Portico.Auth.Throttling;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Auth.Schedules;

/// <summary>Removes what nobody can need any more.</summary>
internal sealed class PurgeExpired(
    Database<AuthModule> database, IOptions<AuthOptions> options, IOptions<LoginThrottleOptions> throttle, TimeProvider time) : IScheduledJob
{
    private static readonly (string Sql, Func<AuthOptions, LoginThrottleOptions, TimeSpan> Age)[] Deletions =
    [
        ("delete from ended_sessions where tokens_expire_at < @before", (_, _) => TimeSpan.FromDays(1)),
        ("delete from password_resets where expires_at < @before", (_, _) => TimeSpan.FromDays(1)),
        ("delete from refresh_tokens using sessions where sessions.id = session_id and expires_at < @before", (_, _) => TimeSpan.FromDays(1)),
        // They make their network known to the account, for as long as the throttle says.
        ("delete from sessions where expires_at < @before and created_at < @before", (_, known) => known.KnownFor + TimeSpan.FromDays(1)),
        // Not those that are being counted on at this moment: who counts holds one of them and comes to another.
        ("""
         delete from login_failures where (who, place) in (
             select who, place from login_failures where greatest(window_start, blocked_until) < @before for update skip locked)
         """, (_, known) => known.Window),
        ("delete from auth_log where at < @before", (auth, _) => auth.AuthLogRetention),
    ];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (sql, age) in Deletions)
        {
            await using var change = await database.BeginAsync(cancellationToken);
            await change.ExecuteAsync(sql, new { before = time.GetUtcNow() - age(options.Value, throttle.Value) }, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }
    }
}
