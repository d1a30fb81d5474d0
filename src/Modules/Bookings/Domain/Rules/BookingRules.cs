using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Rules;

/// <summary>
/// Whether a booking may be made, whoever else has booked. Staff who say why may pass over the rules that keep the house
/// in order: opening hours, lengths, steps, lead time, horizon and audience. Nobody passes over those without which a
/// booking makes no sense or is not safe.
/// </summary>
internal static class BookingRules
{
    /// <summary>No booking is longer, whoever asks.</summary>
    public const int LongestDays = 366;

    /// <summary>No booking starts later, whoever asks.</summary>
    public const int FarthestDays = 1096;

    // Somebody who says "now" says it a little before we read it, by a clock that is a little off.
    private static readonly TimeSpan StillNow = TimeSpan.FromMinutes(5);

    /// <summary>Everything that speaks against it; empty when it is allowed.</summary>
    public static IReadOnlyList<Refusal> Check(BookingWish wish, Asker asker, DateTimeOffset now, SpaceRules rules, OpeningCalendar calendar)
    {
        var asked = new Asked(wish.During, now, rules, calendar);
        // What is not a time somebody could be there at all breaks other rules too, and that helps nobody.
        if (Impossible(asked, wish.StartIsNew) is { } impossible)
        {
            return [impossible];
        }

        List<Refusal?> refusals = [Standing(rules), People(wish.People, rules)];
        if (!asker.Overrides)
        {
            refusals.Add(Audience(asker, rules));
            refusals.AddRange(Length(asked.Length, rules));
            if (wish.StartIsNew)
            {
                refusals.AddRange([StartOnStep(asked), Lead(asked), Horizon(asked)]);
            }

            refusals.Add(Hours(asked));
        }

        return [.. refusals.OfType<Refusal>()];
    }

    /// <summary>Everything that speaks against a booking of the space whenever it is; empty when some time may be allowed.</summary>
    /// <param name="minutes">How long it is to last; null: as long as one likes.</param>
    public static IReadOnlyList<Refusal> CheckAnyTime(int people, int? minutes, Asker asker, SpaceRules rules)
    {
        List<Refusal?> refusals = [Standing(rules), People(people, rules), Audience(asker, rules)];
        if (minutes is { } length)
        {
            refusals.AddRange(Length(TimeSpan.FromMinutes(length), rules));
        }

        return [.. refusals.OfType<Refusal>()];
    }

    private static Refusal? Impossible(Asked asked, bool startIsNew) => asked.During switch
    {
        { IsEmpty: true } => new(RefusalReason.TooShort, "A booking ends after it starts."),
        var during when startIsNew && during.Start < asked.Now - StillNow =>
            new(RefusalReason.InThePast, $"That time has begun already.{asked.Next(out var next)}", FirstAllowed: next),
        var during when during.End <= asked.Now => new(RefusalReason.InThePast, "That end has passed already."),
        var during when during.Start > asked.Now.AddDays(FarthestDays) =>
            new(RefusalReason.TooFarAhead, $"Nobody books more than {Phrases.Days(FarthestDays)} ahead.", FarthestDays),
        var during when during.Length > TimeSpan.FromDays(LongestDays + 1) || asked.Length > TimeSpan.FromDays(LongestDays) =>
            new(RefusalReason.TooLong, $"No booking lasts more than {Phrases.Days(LongestDays)}.", LongestDays * WallClock.MinutesOfADay),
        _ => null,
    };

    private static Refusal? Standing(SpaceRules rules) => rules.Status switch
    {
        SpaceStatus.Retired => new(RefusalReason.Retired, "This space is not booked any more."),
        SpaceStatus.OutOfService => new(RefusalReason.OutOfService, "This space cannot be used at the moment."),
        _ => null,
    };

    private static Refusal? People(int people, SpaceRules rules) =>
        people > rules.Capacity ? new(RefusalReason.Capacity, $"There is room for {rules.Capacity} in this space.", rules.Capacity) : null;

    private static Refusal? Audience(Asker asker, SpaceRules rules) => rules.BookableBy switch
    {
        BookableBy.Staff when !asker.IsStaff => new(RefusalReason.NotYours, "Only staff book this space: ask them."),
        BookableBy.PlanHolders when asker.PlanId is null => new(RefusalReason.NotYours, "This space is for members with a plan."),
        BookableBy.PlanHolders when rules.PlanIds.Count > 0 && !rules.PlanIds.Contains(asker.PlanId.Value) =>
            new(RefusalReason.NotYours, "This space is for members with certain plans, and this plan is not among them."),
        _ => null,
    };

    private static IEnumerable<Refusal> Length(TimeSpan length, SpaceRules rules)
    {
        if (length < TimeSpan.FromMinutes(rules.MinMinutes))
        {
            yield return new(RefusalReason.TooShort, $"This space is booked for at least {Phrases.Minutes(rules.MinMinutes)}.", rules.MinMinutes);
        }

        if (length > TimeSpan.FromMinutes(rules.MaxMinutes))
        {
            yield return new(RefusalReason.TooLong, $"This space is booked for at most {Phrases.Minutes(rules.MaxMinutes)}.", rules.MaxMinutes);
        }

        if (length.Ticks % (rules.StepMinutes * TimeSpan.TicksPerMinute) != 0)
        {
            yield return new(
                RefusalReason.WrongStep, $"Bookings of this space last multiples of {Phrases.Minutes(rules.StepMinutes)}.", rules.StepMinutes);
        }
    }

    private static Refusal? StartOnStep(Asked asked) =>
        asked.Clock.IsOnStep(asked.During.Start, asked.Rules.StepMinutes) ? null : new(
            RefusalReason.WrongStep,
            $"Bookings of this space start every {Phrases.Minutes(asked.Rules.StepMinutes)}, counted from midnight.{asked.Next(out var next)}",
            asked.Rules.StepMinutes,
            next);

    private static Refusal? Lead(Asked asked) =>
        asked.Rules.LeadMinutes == 0 || asked.During.Start >= asked.Earliest ? null : new(
            RefusalReason.TooSoon,
            $"This space is booked at least {Phrases.Minutes(asked.Rules.LeadMinutes)} ahead.{asked.Next(out var next)}",
            asked.Rules.LeadMinutes,
            next);

    private static Refusal? Horizon(Asked asked) =>
        asked.Clock.DayOf(asked.During.Start) <= asked.LastDay ? null : new(
            RefusalReason.TooFarAhead,
            $"This space is booked up to {Phrases.Days(asked.Rules.HorizonDays)} ahead: until {Phrases.Day(asked.LastDay)}.",
            asked.Rules.HorizonDays);

    private static Refusal? Hours(Asked asked)
    {
        if (asked.Calendar.Admits(asked.During))
        {
            return null;
        }

        var closed = LongStays.IsLong(asked.During, asked.Clock) ? ClosedAtAnEnd(asked) : ClosedMeanwhile(asked);
        return new(RefusalReason.Closed, $"{closed}{asked.Next(out var next)}", FirstAllowed: next);
    }

    private static string ClosedMeanwhile(Asked asked)
    {
        var why = Why(asked, asked.During.Start);
        return asked.Calendar.OpenWithin(asked.During) switch
        {
            [] => $"The location is closed then{why}.",
            [var only, ..] => $"The location is not open all that time{why}, but from {asked.Shown(only.Start)} to {asked.Shown(only.End)}.",
        };
    }

    private static string ClosedAtAnEnd(Asked asked) =>
        asked.Calendar.IsOpen(new(asked.During.Start, asked.During.Start.AddTicks(1)))
            ? $"The location is closed when it would end{Why(asked, asked.During.End.AddTicks(-1))}."
            : $"The location is closed when it would begin{Why(asked, asked.During.Start)}.";

    private static string Why(Asked asked, DateTimeOffset when) =>
        asked.Calendar.ReasonOf(asked.Clock.DayOf(when)) is { } reason ? $" ({reason})" : "";
}
