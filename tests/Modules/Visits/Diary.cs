using Portico.Members.Domain.Visits;

namespace Portico.Tests.Modules.Visits;

/// <summary>One member's visits kept in memory as the database keeps them, and the answers the doors gave.</summary>
internal sealed class Diary(string timeZone, TimeOnly closesAt)
{
    private readonly List<Visit> visits = [];

    public IReadOnlyList<Visit> Visits => [.. visits.OrderBy(visit => visit.StartedAt)];

    /// <summary>What each passage was told; conflicts are not in it.</summary>
    public Dictionary<DateTimeOffset, string> Told { get; } = [];

    public int Conflicts { get; private set; }

    /// <summary>A scan of which the house hears now, whenever it was.</summary>
    public void Hear(Guid location, DateTimeOffset at)
    {
        var current = visits.SingleOrDefault(visit => visit.StartedAt <= at && (visit.EndedAt is not { } end || end > at));
        var next = visits.Where(visit => visit.StartedAt > at).MinBy(visit => visit.StartedAt);
        var decision = DoorRule.Decide(new(location, at, ClosingTime.After(at, timeZone, closesAt)), current, next);
        if (decision == DoorDecision.Conflict)
        {
            Conflicts++;
            return;
        }

        if (decision.Ends is { } ends)
        {
            Assert.Equal(current!.Id, ends.VisitId);
            visits[visits.IndexOf(current)] = current with { EndedAt = ends.At, ClosedBy = ends.ClosedBy };
        }

        if (decision.Begins is { } begins)
        {
            visits.Add(new(Guid.CreateVersion7(), location, at, begins.EndedAt, begins.ClosedBy, ClosingTime.After(at, timeZone, closesAt)));
        }

        Told[at] = decision.Begins is null ? "out" : "in";
    }

    /// <summary>The schedule looks for forgotten visits.</summary>
    public void Close(DateTimeOffset now)
    {
        for (var i = 0; i < visits.Count; i++)
        {
            if (visits[i].EndedAt is null && visits[i].ClosesAt <= now)
            {
                visits[i] = visits[i] with { EndedAt = visits[i].ClosesAt, ClosedBy = VisitEnd.ClosingTime };
            }
        }
    }

    /// <summary>What must hold whatever happened.</summary>
    public void AssertSound()
    {
        Assert.All(Visits, visit => Assert.True(visit.EndedAt is null || visit.EndedAt > visit.StartedAt, "a visit ends before it begins"));
        Assert.All(Visits, visit => Assert.True(visit.EndedAt is null || visit.EndedAt <= visit.ClosesAt, "a visit is merged into the next day"));
        Assert.All(Visits.Zip(Visits.Skip(1)), pair => Assert.True(pair.First.EndedAt <= pair.Second.StartedAt, "two visits overlap"));
        Assert.True(visits.Count(visit => visit.EndedAt is null) <= 1, "two visits are open");
        Assert.Equal(Visits.Select(visit => visit.StartedAt), Told.Where(told => told.Value == "in").Select(told => told.Key).Order());
        Assert.Equal(
            Visits.Where(visit => visit.ClosedBy == VisitEnd.Scan).Select(visit => visit.EndedAt!.Value),
            Told.Where(told => told.Value == "out").Select(told => told.Key).Order());
    }

    /// <summary>The visits without their ids: what can be compared between two diaries.</summary>
    public IEnumerable<(Guid, DateTimeOffset, DateTimeOffset?, string?)> Pages() =>
        Visits.Select(visit => (visit.LocationId, visit.StartedAt, visit.EndedAt, visit.ClosedBy));
}
