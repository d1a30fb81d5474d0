namespace Portico.Platform.Messaging;

/// <summary>
/// A fact on its way: its JSON and the CloudEvents 1.0 attributes that travel beside it, whatever carries them.
/// </summary>
/// <param name="Id">Same on every delivery of one fact; the inbox knows it by this.</param>
/// <param name="Type">The wire name.</param>
/// <param name="Topic">The stream it belongs to.</param>
/// <param name="Key">The owner's id; order holds within one key.</param>
/// <param name="Source">The module that says it.</param>
/// <param name="OccurredAt">When it was committed.</param>
/// <param name="TraceParent">The W3C trace it happened in, or null.</param>
/// <param name="Payload">The JSON, UTF-8, snake_case.</param>
/// <param name="Actor">Whose request made it true, or null: nobody was signed in, or the clock did it.</param>
/// <param name="Origin">The address that request came from, or null.</param>
public sealed record EventEnvelope(
    Guid Id, string Type, string Topic, Guid Key, string Source, DateTimeOffset OccurredAt, string? TraceParent, string Payload,
    Guid? Actor, string? Origin);

/// <summary>Carries facts to whoever consumes them. One implementation is chosen at start: direct delivery, or a broker.</summary>
public interface IEventTransport
{
    /// <summary>
    /// Delivers facts and answers what became of those it tried: taken by every consumer, or not, and the relay tries again. They
    /// are in order; where one is not taken, later ones of its key are not tried.
    /// </summary>
    Task<IReadOnlyList<Delivery>> SendAsync(IReadOnlyList<EventEnvelope> facts, CancellationToken cancellationToken);
}

/// <summary>
/// What a module does when another one speaks. The change given is the transaction that also records the fact as
/// received: write through it and do not commit it, and the effect happens exactly once.
/// </summary>
public interface IHandleEvent<in TEvent>
{
    /// <summary>Applies the fact. An exception undoes everything and the fact comes again.</summary>
    Task HandleAsync(TEvent fact, Data.Change change, CancellationToken cancellationToken);
}

/// <summary>
/// What a module does with whole streams. The facts are those it has not had yet, in order per key; the change given is the
/// transaction that also records them as received: write through it and do not commit it.
/// </summary>
public interface IHandleStream
{
    /// <summary>Applies the facts. An exception undoes everything and all of them come again.</summary>
    Task HandleAsync(IReadOnlyList<EventEnvelope> facts, Data.Change change, CancellationToken cancellationToken);
}
