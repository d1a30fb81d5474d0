using Portico.Notifications.Data;
using Portico.Platform.Data;

namespace Portico.Notifications.Deliveries;

/// <summary>A way to reach somebody.</summary>
internal interface IDeliveryChannel
{
    string Name { get; }

    /// <summary>
    /// Does it. The change given holds the row: what is written through it commits with the note that it is done. It is not to be
    /// cancelled half-way, so it gives up by itself after a while.
    /// </summary>
    Task<DeliveryOutcome> DeliverAsync(DeliveryRow delivery, Change change, CancellationToken cancellationToken);
}

/// <summary>What became of an attempt.</summary>
/// <param name="Reason">Why it was not sent.</param>
internal sealed record DeliveryOutcome(string Status, string? Reason)
{
    public const string Failed = "failed";

    /// <summary>It is done.</summary>
    public static readonly DeliveryOutcome Sent = new("sent", null);

    /// <summary>It is of no use any more, and is never sent.</summary>
    public static DeliveryOutcome Dropped(string reason) => new("dropped", reason);

    /// <summary>It is tried again.</summary>
    public static DeliveryOutcome TryAgain(string reason) => new(Failed, reason);

    /// <summary>Trying again would change nothing: somebody has to look at it.</summary>
    public static DeliveryOutcome GivenUp(string reason) => new("dead", reason);
}
