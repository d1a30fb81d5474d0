using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Notifications.Features.Inbox;

/// <summary>What a stream says.</summary>
/// <param name="Unread">How many have not been read; in <c>hello</c>, <c>heartbeat</c> and <c>notification</c>.</param>
/// <param name="Notification">In <c>notification</c>.</param>
/// <param name="Code">In <c>end</c>: of the refusal which the same request would get now.</param>
public sealed record NotificationNews(int? Unread, NotificationResponse? Notification, string? Code);

/// <summary>
/// What a member is told from now on, or from where their last stream broke off: that is <c>Last-Event-ID</c>, or <c>after</c> for
/// programs that cannot send it.
/// </summary>
internal static class FollowNotifications
{
    private const int PageSize = 100;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task<Results<ServerSentEventsResult<NotificationNews>, ProblemHttpResult, RetryableProblem>> Handle(
        [StringLength(19)] string? after,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        HttpContext context,
        IServiceScopeFactory scopes,
        ReadNotifications notifications,
        NotificationFeed feed,
        LastingRequests requests,
        CurrentUser user,
        IHostApplicationLifetime application,
        CancellationToken cancellationToken)
    {
        if (after is not null && Number(after) is null)
        {
            return Problems.Invalid("after", "This is not the id of an event.");
        }

        var heard = Number(string.IsNullOrEmpty(lastEventId) ? after : lastEventId) ?? await notifications.LastAsync(user.Id, cancellationToken);
        if (!feed.TryJoin(user.Id))
        {
            return Problems.TooMany("too-many-streams", "You listen too often already.", TimeSpan.FromMinutes(1));
        }

        // Ends when they go, and before the server drains: it would wait for streams as for any answer.
        var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, application.ApplicationStopping);
        var member = user.Id;
        context.Response.OnCompleted(() =>
        {
            feed.Leave(member);
            ending.Dispose();
            return Task.CompletedTask;
        });
        // nginx would gather it.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(TellAsync(heard, member, () => requests.Refusal(context.Request), scopes, feed, ending.Token));
    }

    private static async IAsyncEnumerable<SseItem<NotificationNews>> TellAsync(
        long heard, Guid member, Func<string?> refusal, IServiceScopeFactory scopes, NotificationFeed feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var greeting = "hello";
        while (!cancellationToken.IsCancellationRequested)
        {
            if (refusal() is { } code)
            {
                yield return new(new(null, null, code), "end");
                yield break;
            }

            // Taken before looking: what comes in between has ended it when it is waited for.
            var news = feed.NewsOf(member);
            var (told, unread) = await LookAsync(heard, member, scopes, cancellationToken);
            if (greeting is not null)
            {
                yield return Event(greeting, heard, new(unread, null, null));
            }

            foreach (var (seq, notification) in told)
            {
                heard = seq;
                yield return Event("notification", seq, new(unread, notification, null));
            }

            greeting = null;
            if (told.Count < PageSize)
            {
                await Task.WhenAny(news, Task.Delay(Heartbeat, TimeProvider.System, cancellationToken));
                greeting = news.IsCompleted ? null : "heartbeat";
            }
        }
    }

    // Each look has a scope of its own: the request's would hold on to what it has for as long as the stream lasts.
    private static async Task<(IReadOnlyList<(long Seq, NotificationResponse Notification)> Told, int? Unread)> LookAsync(
        long heard, Guid member, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var notifications = scope.ServiceProvider.GetRequiredService<ReadNotifications>();
        try
        {
            var rows = await notifications.AfterAsync(member, heard, PageSize, cancellationToken);
            return ([.. rows.Select(row => (row.Seq, notifications.Tell(row)))], await notifications.UnreadAsync(member, cancellationToken));
        }
        catch (Exception e) when (DatabaseFailures.IsUnavailable(e) || e is OperationCanceledException)
        {
            // At the next heartbeat it is looked again.
            return ([], null);
        }
    }

    private static SseItem<NotificationNews> Event(string name, long seq, NotificationNews news) =>
        new(news, name) { EventId = seq.ToString(CultureInfo.InvariantCulture) };

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
