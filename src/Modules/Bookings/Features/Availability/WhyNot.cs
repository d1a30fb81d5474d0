using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Domain.Slots;

namespace Portico.Bookings.Features.Availability;

/// <summary>A reason why a time cannot be had: a rule that refuses it, or something that is in its way. Never who.</summary>
/// <param name="Reason">
/// A word of <c>booking-not-allowed</c> (<c>closed</c>, <c>too_long</c>, <c>not_yours</c> …) or of <c>space-taken</c> (<c>taken</c>,
/// <c>held</c>, <c>buffer</c>, <c>block</c>, <c>waiting_list</c>).
/// </param>
/// <param name="Detail">Of rules: for people, in a sentence.</param>
/// <param name="Limit">Of rules: what it says, if it is a number.</param>
/// <param name="FirstAllowed">Of rules: the first start at which they would allow it.</param>
/// <param name="From">Where what is in the way begins.</param>
/// <param name="Until">Where it ends.</param>
/// <param name="HeldUntil">When what is in the way lapses by itself.</param>
public sealed record WhyNot(
    string Reason, string? Detail, int? Limit, DateTimeOffset? FirstAllowed, DateTimeOffset? From, DateTimeOffset? Until, DateTimeOffset? HeldUntil)
{
    internal static WhyNot Of(Refusal refusal) => new(refusal.Reason.Word(), refusal.Detail, refusal.Limit, refusal.FirstAllowed, null, null, null);

    internal static WhyNot Of(SlotReason reason) => new(reason.Reason.Word(), null, null, null, reason.From, reason.Until, reason.HeldUntil);
}
