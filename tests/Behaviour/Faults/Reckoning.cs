namespace Portico.Tests.Behaviour.Faults;

/// <summary>Holds what a crowd was told against what the next process says.</summary>
internal sealed class Reckoning(Caller caller, Crowd crowd, string code)
{
    private static readonly ParallelOptions AFewAtOnce = new() { MaxDegreeOfParallelism = 4 };

    /// <summary>Everybody who was answered has the account; the others get one now, if it is not there already.</summary>
    public Task AccountsAsync() => Parallel.ForEachAsync(crowd.Newcomers, AFewAtOnce, async (visitor, _) =>
    {
        var again = await caller.RegisterAsync(visitor.Name);
        if (visitor.Id is not null || again.Status is not HttpStatusCode.Created)
        {
            again.Expect(HttpStatusCode.Conflict, "username-taken");
        }

        var login = (await caller.LoginAsync(visitor.Name)).Expect(HttpStatusCode.OK);
        Assert.Equal(visitor.Id ?? login.Id, login.Id);
        (visitor.Id, visitor.Token) = (login.Id, login.Text("token"));
    });

    /// <summary>Every scan is sent again, as a phone would that heard nothing: then it counts, once, since when it was said to.</summary>
    public Task ScansAsync() => Parallel.ForEachAsync(crowd.Scans, AFewAtOnce, async (scan, _) =>
    {
        var again = await caller.ScanAsync(scan.Visitor.Token, code, scan.Key);
        if (scan.Key is null)
        {
            var first = again.Succeeded && scan.Answer is null ? again["scanned_at"] : again.Expect(HttpStatusCode.Conflict, "already-scanned")["first_scanned_at"];
            Assert.Equal((scan.Answer?["scanned_at"] ?? first).GetDateTimeOffset(), first.GetDateTimeOffset());
            return;
        }

        Assert.Equal((scan.Answer ?? again).Expect(HttpStatusCode.OK).Body, again.Body);
        Assert.True(scan.Answer is null || again.Headers.Contains("Idempotency-Replayed"), $"an answered scan was done again: {again}");
        var third = await caller.ScanAsync(scan.Visitor.Token, code, scan.Key);
        Assert.Equal((again.Body, true), (third.Body, third.Headers.Contains("Idempotency-Replayed")));
    });

    /// <summary>Whoever has an account has a profile, sooner or later.</summary>
    public Task ProfilesAsync() => Parallel.ForEachAsync(crowd.Newcomers, AFewAtOnce, async (visitor, _) => await Eventually.TrueAsync(
        async () => await caller.GetAsync("/api/members/profile", visitor.Token) is { Status: HttpStatusCode.OK } profile
            && (profile.Id, profile.Text("username")) == (visitor.Id, visitor.Name),
        $"{visitor.Name} has no profile"));

    /// <summary>Staff see everybody who scanned, once.</summary>
    public async Task AttendanceAsync(string staffToken, Guid eventId)
    {
        List<Guid> seen = [];
        for (var after = ""; after is not null;)
        {
            var page = (await caller.GetAsync($"/api/members/events/{eventId}/attendance?limit=200&after={after}", staffToken)).Expect(HttpStatusCode.OK);
            Assert.Equal(crowd.Scans.Count, page["totals"].GetProperty("present").GetInt32());
            seen.AddRange(page["items"].EnumerateArray().Select(attendee => attendee.GetProperty("member_id").GetGuid()));
            after = page["next"].GetString();
        }

        Assert.Equal(crowd.Scans.Select(scan => scan.Visitor.Id!.Value).Order(), seen.Order());
    }
}
