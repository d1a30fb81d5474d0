using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Live;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Live;

/// <summary>What every stream of a request works with.</summary>
internal sealed record LiveFloor(
    FloorFeed Feed, LiveMeter Meter, IOptions<LiveOptions> Options, LastingRequests Requests, Database<BookingsModule> Database, CurrentUser User,
    TimeProvider Time);

/// <summary>
/// The floor to one listener, until they go, may no longer listen, do not keep up, or the process stops. What was missed comes
/// from the database, then everything from what all listeners share.
/// </summary>
internal sealed class FloorStream(LiveFloor floor, FloorRing ring, StreamStart start, Guid[] asked, FloorSight sight) : IResult, IEndpointMetadataProvider
{
    private const int PageSize = 500;

    private long heard = start.After;
    private FloorSight sight = sight;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = StreamText.ContentType;
        response.Headers.CacheControl = "no-cache";
        // nginx would gather it.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.StartAsync(httpContext.RequestAborted);
        var sent = new SentEvents(response.BodyWriter, floor.Options.Value.SlowAfter);
        var group = floor.Feed.Join();
        try
        {
            if (!(await GreetAsync(sent) && await CatchUpAsync(sent, httpContext.RequestAborted) && await FollowAsync(sent, group, httpContext)))
            {
                floor.Meter.Drop(LiveMeter.Slow);
                // Nothing more would be accepted, not even the end.
                httpContext.Abort();
            }
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
        }
        catch (Exception e) when (DatabaseFailures.IsUnavailable(e))
        {
            // The listener comes again, and is told then what is the matter.
        }
        finally
        {
            floor.Feed.Leave();
        }
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(FloorNews), [StreamText.ContentType]));

    private async Task<bool> GreetAsync(SentEvents sent)
    {
        // All would come again in the same instant when a process ends.
        await sent.WriteAsync(StreamText.Retry(TimeSpan.FromMilliseconds(Random.Shared.Next(1000, 4000))));
        if (start.Greeting is { } greeting)
        {
            await sent.WriteAsync(StreamText.Event(greeting, start.After, new StreamGreeting(start.After, floor.Time.GetUtcNow())));
        }

        return await sent.SendAsync();
    }

    private async Task<bool> CatchUpAsync(SentEvents sent, CancellationToken cancellationToken)
    {
        while (heard < ring.Forgotten)
        {
            var missed = await FloorRow.AfterAsync(floor.Database, heard, PageSize, cancellationToken);
            foreach (var row in missed)
            {
                if (!await sent.WriteAsync(sight.Of(FloorNews.Tell(row))))
                {
                    return false;
                }
            }

            heard = missed is [.., var last] ? last.Seq : ring.Forgotten;
        }

        return await sent.SendAsync();
    }

    /// <summary>False when the listener does not accept what is sent.</summary>
    private async Task<bool> FollowAsync(SentEvents sent, ListenerGroup group, HttpContext context)
    {
        var (beats, joinedAt) = (group.Beats, ring.Last);
        while (true)
        {
            // Taken before looking: what comes in between has ended it when it is waited for.
            var news = group.News;
            if (floor.Feed.IsOver || context.RequestAborted.IsCancellationRequested)
            {
                return true;
            }

            if (group.Beats != beats)
            {
                beats = group.Beats;
                if (await RefusalAsync(context) is { } code)
                {
                    await sent.WriteAsync(StreamText.Event("end", new StreamEnd(code)));
                    return await sent.SendAsync();
                }

                await sent.WriteAsync(StreamText.Heartbeat);
            }

            FloorEvent? next;
            while (ring.TryNext(heard, out next) && next is not null)
            {
                heard = next.Seq;
                if (sight.Of(next) is { IsEmpty: false } text)
                {
                    if (!await sent.WriteAsync(text))
                    {
                        return false;
                    }

                    if (heard > joinedAt)
                    {
                        floor.Meter.Sent(next.At);
                    }
                }
            }

            if (!await sent.SendAsync())
            {
                return false;
            }

            if (heard < ring.Forgotten)
            {
                floor.Meter.Drop(LiveMeter.Behind);
                return true;
            }

            await news.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Null while the listener may go on; what they see is brought up to date.</summary>
    private async Task<string?> RefusalAsync(HttpContext context)
    {
        if (floor.Requests.Refusal(context.Request) is { } code)
        {
            return code;
        }

        if (!FloorSight.CanChange(floor.User))
        {
            return null;
        }

        try
        {
            if (await FloorSight.OfAsync(asked, floor.User, floor.Database, context.RequestAborted) is not { } now)
            {
                return "location-not-found";
            }

            sight = now;
        }
        catch (Exception e) when (DatabaseFailures.IsUnavailable(e))
        {
            // Nothing changes meanwhile. At the next heartbeat it is asked again.
        }

        return null;
    }
}
