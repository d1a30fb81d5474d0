namespace Portico.Contracts;

/// <summary>
/// A fact a module tells the others. It is written to the owner's outbox in the transaction that made it true and
/// reaches every consumer at least once, in order per <see cref="Key"/>; the consumer's inbox makes it exactly once.
/// Its JSON (snake_case) is the message's value; everything else travels as CloudEvents 1.0 attributes.
/// </summary>
public interface IIntegrationEvent
{
    /// <summary>The wire name, for instance <c>user.registered</c>. It never changes once released.</summary>
    static abstract string Type { get; }

    /// <summary>The stream it belongs to: <c>users</c>, <c>members</c>, <c>bookings</c> or <c>transactions</c>.</summary>
    static abstract string Topic { get; }

    /// <summary>The owner's id: facts with one key are delivered in the order they were committed.</summary>
    Guid Key { get; }
}
