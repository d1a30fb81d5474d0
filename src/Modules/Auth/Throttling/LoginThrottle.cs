using Microsoft.Extensions.Options;
using Portico.Auth.Domain;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Auth.Throttling;

/// <summary>Counts failed proofs of identity and blocks those who fail too often, before any password is hashed for them.</summary>
internal sealed class LoginThrottle(Database<AuthModule> database, IOptions<LoginThrottleOptions> options, TimeProvider time)
{
    private readonly LoginThrottleOptions options = options.Value;

    public static RetryableProblem TooManyFailures(TimeSpan wait) =>
        Problems.TooMany("too-many-failures", "Too many failed attempts. Wait a while before the next one.", wait);

    /// <summary>Who is tried by a sign-in. Asks the database the same for an account there is none of.</summary>
    public async Task<Tried> TriedAsync(string login, Account? account, Caller caller, CancellationToken cancellationToken)
    {
        if (account is not null && account.Id == caller.AccountId && caller.SessionId is { } session)
        {
            return Tried.InSession(session, caller);
        }

        var isKnown = await database.FindAsync<bool>(
            "select exists (select from sessions where account_id = @accountId and network = @Network and network <> '' and created_at > @since)",
            new { accountId = account?.Id ?? Guid.Empty, caller.Network, since = time.GetUtcNow() - options.KnownFor }, cancellationToken);
        return isKnown ? Tried.AtKnownPlace(login, caller) : Tried.ByStranger(login, caller);
    }

    /// <summary>How long the caller still has to wait, or null when there is nothing to wait for.</summary>
    public async Task<TimeSpan?> BlockedAsync(Tried tried, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = await database.FindAsync<DateTimeOffset?>(
            """
            select blocked_until from login_failures
            where (who, place) in (select * from unnest(@who, @places)) and blocked_until > @now
            order by blocked_until desc limit 1
            """,
            new { who = tried.Held.Select(subject => subject.Who).ToArray(), places = tried.Held.Select(subject => subject.Place).ToArray(), now },
            cancellationToken);
        return until - now;
    }

    /// <summary>
    /// Counts a failure, however many happen at once. Answers the block that was in force already, when there was one: the
    /// guess was on its way before it, and its author learns nothing of its outcome.
    /// </summary>
    public async Task<TimeSpan?> CountAsync(Change change, Tried tried, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        TimeSpan? longest = null;
        foreach (var subject in tried.Counted)
        {
            var counted = await CountAsync(change, subject, now, cancellationToken);
            if (tried.Held.Contains(subject) && counted.BlockedUntil > now && (longest is null || counted.BlockedUntil - now > longest))
            {
                longest = counted.BlockedUntil - now;
            }
        }

        return longest;
    }

    /// <summary>Until when failures keep the account's owner out somewhere, or null.</summary>
    public Task<DateTimeOffset?> LockedUntilAsync(Account account, CancellationToken cancellationToken) => database.FindAsync<DateTimeOffset?>(
        "select blocked_until from login_failures where who = any(@names) and blocked_until > @now order by blocked_until desc limit 1",
        new { names = account.Tried().Select(login => Subject.Name(login).Who).ToArray(), now = time.GetUtcNow() }, cancellationToken);

    private async Task<Counted> CountAsync(Change change, Subject subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The row stays locked until the commit, so that racing failures queue here and each is counted.
        var counted = (await change.FindAsync<Counted>(
            """
            insert into login_failures as known (who, place, failures, window_start) values (@Who, @Place, 1, @now)
            on conflict (who, place) do update set
                failures = case when greatest(known.window_start, known.blocked_until) <= @forgotten then 1 else known.failures + 1 end,
                window_start = case when greatest(known.window_start, known.blocked_until) <= @forgotten then @now else known.window_start end
            returning failures, blocked_until
            """,
            new { subject.Who, subject.Place, now, forgotten = now - options.Window }, cancellationToken))!;
        var block = new FailureBlock(subject.IsNetwork ? options.NetworkFailures : options.Failures, options.FirstBlock, options.LongestBlock);
        if (block.After(counted.Failures) is { } wait)
        {
            await change.ExecuteAsync(
                "update login_failures set blocked_until = greatest(blocked_until, @until) where who = @Who and place = @Place",
                new { subject.Who, subject.Place, until = now + wait }, cancellationToken);
        }

        return counted;
    }

    private sealed record Counted(int Failures, DateTimeOffset? BlockedUntil);
}
