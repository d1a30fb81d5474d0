using System.Threading.Channels;

namespace Portico.Notifications.Features.Inbox;

/// <summary>The streams that are open in this process, by member, and how they are woken.</summary>
internal sealed class NotificationFeed
{
    // Enough for every tab of a forgetful person. Without an end one account could take all the memory there is.
    private const int MostOfOne = 20;

    private readonly Lock joining = new();
    private readonly Dictionary<Guid, Listeners> byMember = [];
    private readonly Channel<Guid> told = Channel.CreateBounded<Guid>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Members who were shown something by this process, for the streams of all.</summary>
    public ChannelReader<Guid> Told => told.Reader;

    /// <summary>After the commit. Should it be lost, streams look by themselves at every heartbeat.</summary>
    public void Tell(Guid member) => told.Writer.TryWrite(member);

    /// <summary>False when the member has as many streams as one may have.</summary>
    public bool TryJoin(Guid member)
    {
        lock (joining)
        {
            var listeners = byMember.GetValueOrDefault(member) ?? new();
            if (listeners.Count == MostOfOne)
            {
                return false;
            }

            byMember[member] = listeners with { Count = listeners.Count + 1 };
            return true;
        }
    }

    public void Leave(Guid member)
    {
        lock (joining)
        {
            if (byMember[member] is { Count: > 1 } listeners)
            {
                byMember[member] = listeners with { Count = listeners.Count - 1 };
            }
            else
            {
                byMember.Remove(member);
            }
        }
    }

    /// <summary>Ends with the member's next news. To be taken before looking what there is.</summary>
    public Task NewsOf(Guid member)
    {
        lock (joining)
        {
            return byMember[member].News.Task;
        }
    }

    public void Wake(Guid member)
    {
        TaskCompletionSource? news = null;
        lock (joining)
        {
            if (byMember.GetValueOrDefault(member) is { } listeners)
            {
                news = listeners.News;
                byMember[member] = new() { Count = listeners.Count };
            }
        }

        news?.TrySetResult();
    }

    private sealed record Listeners
    {
        public int Count { get; init; }

        public TaskCompletionSource News { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
