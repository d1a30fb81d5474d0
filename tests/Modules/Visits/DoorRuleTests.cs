using FsCheck;
using FsCheck.Fluent;
using Portico.Members.Domain.Visits;

namespace Portico.Tests.Modules.Visits;

public sealed class DoorRuleTests
{
    private static readonly Guid[] Places = [new("00000000-0000-0000-0000-00000000000a"), new("00000000-0000-0000-0000-00000000000b")];
    private static readonly DateTimeOffset Begin = new(2026, 3, 27, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whatever_order_scans_arrive_in_visits_never_overlap_and_fit_the_answers() => Prop.ForAll(Stories(), story =>
    {
        var diary = new Diary(story.Zone, new TimeOnly(22, 0));
        foreach (var (scan, looks) in story.Arriving)
        {
            diary.Hear(scan.Place, scan.At);
            diary.AssertSound();
            if (looks)
            {
                diary.Close(story.End);
                diary.AssertSound();
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Scans_that_arrive_in_any_order_without_conflict_leave_what_the_right_order_leaves() => Prop.ForAll(Stories(), story =>
    {
        var (late, punctual) = (new Diary(story.Zone, new TimeOnly(22, 0)), new Diary(story.Zone, new TimeOnly(22, 0)));
        foreach (var (scan, looks) in story.Arriving)
        {
            late.Hear(scan.Place, scan.At);
            if (looks)
            {
                late.Close(story.End);
            }
        }

        foreach (var scan in story.Scans)
        {
            punctual.Close(scan.At);
            punctual.Hear(scan.Place, scan.At);
        }

        Assert.Equal(0, punctual.Conflicts);
        late.Close(story.End);
        punctual.Close(story.End);
        if (late.Conflicts == 0)
        {
            Assert.Equal(punctual.Pages(), late.Pages());
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void In_order_every_scan_counts_and_they_alternate_at_one_door() => Prop.ForAll(Stories(), story =>
    {
        var diary = new Diary(story.Zone, new TimeOnly(22, 0));
        var isIn = false;
        var closesAt = Begin;
        foreach (var scan in story.Scans)
        {
            isIn &= closesAt > scan.At;
            diary.Hear(Places[0], scan.At);
            isIn = !isIn;
            closesAt = isIn ? ClosingTime.After(scan.At, story.Zone, new TimeOnly(22, 0)) : closesAt;
            Assert.Equal(isIn ? "in" : "out", diary.Told[scan.At]);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_late_out_before_an_out_already_given_is_a_conflict()
    {
        var diary = new Diary("Europe/Rome", new TimeOnly(22, 0));
        diary.Hear(Places[0], Begin);
        diary.Hear(Places[0], Begin.AddHours(3));
        diary.Hear(Places[0], Begin.AddHours(1));
        diary.Hear(Places[1], Begin.AddHours(2));
        Assert.Equal(2, diary.Conflicts);
        Assert.Single(diary.Visits);
    }

    [Fact]
    public void A_late_scan_elsewhere_moves_a_forgetful_member()
    {
        var diary = new Diary("Europe/Rome", new TimeOnly(22, 0));
        diary.Hear(Places[0], Begin);
        diary.Close(Begin.AddDays(1));
        diary.Hear(Places[1], Begin.AddHours(2));
        diary.Close(Begin.AddDays(1));
        Assert.Equal([VisitEnd.Moved, VisitEnd.ClosingTime], diary.Visits.Select(visit => visit.ClosedBy));
        Assert.Equal(Begin.AddHours(2), diary.Visits[0].EndedAt);
    }

    [Fact]
    public void Whoever_is_seen_inside_had_come_in_unless_that_is_known()
    {
        var closing = Begin.AddHours(14);
        var passage = new Passage(Places[0], Begin.AddHours(2), closing);
        Visit Stay(Guid place, DateTimeOffset from, DateTimeOffset? until = null, string? by = null) => new(Guid.CreateVersion7(), place, from, until, by, closing);

        Assert.Equal(new(null, new(null, null)), DoorRule.SeenInside(passage, null, null));
        Assert.Null(DoorRule.SeenInside(passage, Stay(Places[0], Begin), null));
        Assert.Null(DoorRule.SeenInside(passage, Stay(Places[0], passage.At), null));
        Assert.Null(DoorRule.SeenInside(passage, Stay(Places[0], Begin, closing, VisitEnd.ClosingTime), null));
        Assert.Null(DoorRule.SeenInside(passage, Stay(Places[0], Begin, Begin.AddHours(3), VisitEnd.Scan), null));
        // The door saw them a moment later.
        Assert.Null(DoorRule.SeenInside(passage, null, Stay(Places[0], passage.At.AddSeconds(5))));
        var other = Stay(Places[1], Begin);
        Assert.Equal(new(new(other.Id, passage.At, VisitEnd.Moved), new(null, null)), DoorRule.SeenInside(passage, other, null));
        // Yesterday's, which nobody has ended yet.
        var forgotten = Stay(Places[0], Begin.AddDays(-1)) with { ClosesAt = closing.AddDays(-1) };
        Assert.Equal(new(new(forgotten.Id, forgotten.ClosesAt, VisitEnd.ClosingTime), new(null, null)), DoorRule.SeenInside(passage, forgotten, null));
    }

    private static Arbitrary<Story> Stories() => (
        from zone in Gen.Elements("Europe/Rome", "America/New_York")
        from minutes in Gen.NonEmptyListOf(Gen.Choose(0, 4 * 24 * 60))
        let distinct = minutes.Distinct().Order().ToList()
        from places in Gen.ListOf(Gen.Elements(Places), distinct.Count)
        let scans = distinct.Zip(places, (minute, place) => new Scan(place, Begin.AddMinutes(minute))).ToList()
        // Most devices are online: a few scans come later than they should.
        from delays in Gen.ListOf(Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(0, 3000))), distinct.Count)
        from looks in Gen.ListOf(ArbMap.Default.GeneratorFor<bool>(), distinct.Count)
        let arriving = scans.Zip(delays).OrderBy(scan => scan.First.At.AddMinutes(scan.Second)).Select(scan => scan.First).Zip(looks).ToList()
        select new Story(zone, scans, [.. arriving], Begin.AddDays(6)))
        .ToArbitrary();

    private sealed record Scan(Guid Place, DateTimeOffset At);

    private sealed record Story(string Zone, IReadOnlyList<Scan> Scans, IReadOnlyList<(Scan Scan, bool Looks)> Arriving, DateTimeOffset End)
    {
        public override string ToString() => $"{Zone}: {string.Join(", ", Arriving.Select(one => $"{one.Scan.At:MM-dd HH:mm} {one.Scan.Place.ToString()[^1..]}{(one.Looks ? " look" : "")}"))}";
    }
}
