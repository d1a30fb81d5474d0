using System.Collections.Concurrent;
using Portico.Platform.Messaging;

namespace Portico.Notifications.Deliveries;

/// <summary>Says that there may be something to deliver.</summary>
internal sealed class DeliveryBells
{
    private readonly ConcurrentDictionary<string, Bell> bells = new();

    public Bell Of(string channel) => bells.GetOrAdd(channel, _ => new());

    public void RingAll()
    {
        foreach (var bell in bells.Values)
        {
            bell.Ring();
        }
    }
}
