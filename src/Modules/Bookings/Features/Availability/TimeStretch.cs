using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Slots;

namespace Portico.Bookings.Features.Availability;

/// <summary>Some time.</summary>
public sealed record TimeStretch(DateTimeOffset From, DateTimeOffset Until)
{
    internal static IReadOnlyList<TimeStretch> Of(IEnumerable<Interval> intervals) => [.. intervals.Select(time => new TimeStretch(time.Start, time.End))];
}

/// <summary>Time that cannot be had. Never who has it.</summary>
/// <param name="Reason"><c>taken</c>, <c>held</c>, <c>buffer</c>, <c>block</c> or <c>waiting_list</c>.</param>
/// <param name="HeldUntil">When it lapses by itself, unless it is confirmed before.</param>
public sealed record TakenStretch(string Reason, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset? HeldUntil)
{
    internal static TakenStretch Of(SlotReason reason) => new(reason.Reason.Word(), reason.From, reason.Until, reason.HeldUntil);
}
