using Portico.Bookings.Data;
using Portico.Bookings.Domain.Live;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Live;

/// <summary>Where a stream begins.</summary>
/// <param name="After">The last change that its reader knows of.</param>
/// <param name="Greeting">The event it begins with, if with one: <c>hello</c>, or <c>reset</c> when the reader has to load the floor anew.</param>
internal sealed record StreamStart(long After, string? Greeting)
{
    // Whoever missed more has less to do by looking at the floor again.
    private const int MostMissed = 10_000;
    private static readonly TimeSpan LongestMissed = TimeSpan.FromHours(24);

    public static StreamStart Now(FloorRing ring) => new(ring.Last, "hello");

    public static StreamStart Anew(FloorRing ring) => new(ring.Last, "reset");

    /// <param name="heard">The last change that the reader heard of, here or from another process.</param>
    public static async Task<StreamStart> AfterAsync(
        long heard, FloorRing ring, Database<BookingsModule> database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Another process may have told it before this one has read it. What nobody numbered is of another database.
        if (heard > ring.Last && heard > await database.FindAsync<long>("select coalesce(max(seq), 0) from floor_changes", null, cancellationToken))
        {
            return Anew(ring);
        }

        if (ring.Last - heard > MostMissed)
        {
            return Anew(ring);
        }

        var missedAt = ring.TryNext(heard, out var next) ? next?.At : await FirstMissedAsync(heard, database, cancellationToken);
        return missedAt < now - LongestMissed ? Anew(ring) : new(heard, null);
    }

    private static async Task<DateTimeOffset?> FirstMissedAsync(long heard, Database<BookingsModule> database, CancellationToken cancellationToken) =>
        await FloorRow.AfterAsync(database, heard, 1, cancellationToken) is [var first] ? first.At : null;
}

/// <summary>What a stream's greeting says.</summary>
/// <param name="Seq">What is heard from here on comes after this change.</param>
internal sealed record StreamGreeting(long Seq, DateTimeOffset At);

/// <summary>Why a stream is ended for good.</summary>
/// <param name="Code">That of the refusal which the same request would get now.</param>
internal sealed record StreamEnd(string Code);
