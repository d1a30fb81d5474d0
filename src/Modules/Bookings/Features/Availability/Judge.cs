using Portico.Bookings.Data;
using Portico.Bookings.Domain.Rules;

namespace Portico.Bookings.Features.Availability;

/// <summary>Whether somebody can have a space at a time, or why not.</summary>
/// <param name="FreeDesks">How many would do: of an area its desks.</param>
internal sealed record Verdict(IReadOnlyList<WhyNot> Reasons, int FreeDesks)
{
    public bool IsFree => Reasons.Count == 0;
}

/// <summary>
/// Says of spaces whether a time could be had there, by the rules that a hold keeps to. Of a thousand spaces most are booked
/// alike: the rules are asked once for those.
/// </summary>
/// <param name="planId">Of the one whom it would be for.</param>
internal sealed class Judge(BookingWish wish, Guid? planId, DateTimeOffset now)
{
    private static readonly Refusal Broken = new(RefusalReason.OutOfService, "It cannot be used at the moment.");
    private readonly Dictionary<object, IReadOnlyList<WhyNot>> ruled = [];

    /// <summary>Why nobody, or not whoever asks, can have the space at any time, or not for so long; empty when it is a question of when.</summary>
    public static IReadOnlyList<WhyNot> AtAnyTime(FoundSpace found, int people, int? minutes, Guid? planId)
    {
        var refusals = BookingRules.CheckAnyTime(people, minutes, new(found.Times.IsRun, planId), found.Space.Rules);
        return refusals.Count == 0 && !found.Times.Works ? [WhyNot.Of(Broken)] : [.. refusals.Select(WhyNot.Of)];
    }

    public Verdict Of(FoundSpace found)
    {
        var slots = found.Slots([wish.During], now);
        var free = found.Times.Works ? slots.CountFree(wish.During) : 0;
        List<WhyNot> reasons = [.. RuledOut(found)];
        if (free == 0)
        {
            reasons.AddRange(slots.Verdict(wish.During).Select(WhyNot.Of));
            // It is in service itself, and what it consists of is not.
            if (reasons.Count == 0)
            {
                reasons.Add(WhyNot.Of(Broken));
            }
        }

        return new(reasons, free);
    }

    private IReadOnlyList<WhyNot> RuledOut(FoundSpace found)
    {
        var space = found.Space;
        var alike = new
        {
            space.LocationId, space.Status, space.MinMinutes, space.MaxMinutes, space.StepMinutes, space.LeadMinutes, space.HorizonDays, space.BookableBy,
            space.PlanIds, room = Math.Min(space.Capacity, wish.People),
        };
        if (!ruled.TryGetValue(alike, out var reasons))
        {
            var refusals = BookingRules.Check(wish, new(found.Times.IsRun, planId), now, space.Rules, found.Calendar);
            ruled[alike] = reasons = [.. refusals.Select(WhyNot.Of)];
        }

        return reasons;
    }
}
