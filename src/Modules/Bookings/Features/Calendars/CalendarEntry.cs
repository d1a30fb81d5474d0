using Portico.Bookings.Domain;
using Portico.Platform.Calendars;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Bookings;

namespace Portico.Bookings.Features.Calendars;

/// <summary>A booking or a block as calendars show it.</summary>
/// <param name="Status">A booking's, or <see cref="Blocked"/> or <see cref="Lifted"/> of a block.</param>
internal sealed record CalendarEntry(
    Guid Id, string Status, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset? EndedAt, DateTimeOffset? ExpiresAt, int Version,
    string? Note, string SpaceName, string? DeskName, string LocationName, string? Address, string? City, string TimeZone, DateTimeOffset ChangedAt)
{
    public const string Blocked = "blocked";

    /// <summary>A block that was lifted before it began.</summary>
    public const string Lifted = "lifted";

    private string Place => DeskName is null ? SpaceName : $"{DeskName}, {SpaceName}";

    /// <summary>For its owner, or staff who look at it.</summary>
    public IcsEvent ForOwner(DateTimeOffset now)
    {
        var reference = $"Booking {BookingResponse.ReferenceOf(Id)}";
        return Event(Place, Note is null ? reference : $"{reference}\n{Note}", now);
    }

    /// <summary>For whoever wants to know when a space is taken: nothing of it tells by whom, or why.</summary>
    public IcsEvent ForAnybody(DateTimeOffset now) => Status is Blocked or Lifted
        ? Event("Blocked", "Cannot be booked", now)
        : Event(Words.Read<BookingStatus>(Status).Lapses() ? "Held" : "Booked", $"Booking {BookingResponse.ReferenceOf(Id)}", now);

    private IcsEvent Event(string summary, string description, DateTimeOffset now)
    {
        // What lapsed a moment ago is told as what it is, though nobody has written it down yet.
        var hasLapsed = ExpiresAt <= now;
        return new(
            Id,
            hasLapsed ? Version + 1 : Version,
            StartsAt,
            EndsEarly ? EndedAt!.Value : EndsAt,
            hasLapsed ? ExpiresAt!.Value : ChangedAt,
            hasLapsed ? IcsStatus.Cancelled : IcsStatusOf(Status),
            summary,
            string.Join(", ", new[] { Place, LocationName, Address, City }.Where(part => !string.IsNullOrWhiteSpace(part))),
            description);
    }

    // The rest is free for others. An event has to last a second, or programs refuse it.
    private bool EndsEarly => Status is Blocked or "completed" && EndedAt < EndsAt && EndedAt >= StartsAt.AddSeconds(1);

    private static IcsStatus IcsStatusOf(string status) => status switch
    {
        Blocked => IcsStatus.Confirmed,
        Lifted => IcsStatus.Cancelled,
        _ => Words.Read<BookingStatus>(status) switch
        {
            BookingStatus.Held or BookingStatus.PendingApproval or BookingStatus.AwaitingPayment => IcsStatus.Tentative,
            BookingStatus.Confirmed or BookingStatus.CheckedIn or BookingStatus.Completed => IcsStatus.Confirmed,
            _ => IcsStatus.Cancelled,
        },
    };
}
