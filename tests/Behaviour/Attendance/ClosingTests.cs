using Microsoft.Extensions.DependencyInjection;
using Portico.Contracts.Members;
using Portico.Members;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Tests.Behaviour.Attendance;

public sealed class ClosingTests
{
    [Theory, InBothShapes]
    public async Task When_the_check_in_is_over_the_rest_of_the_roster_was_absent_once_and_everybody_is_told(Shape shape)
    {
        Told told = new();
        await using var platform = await RunningPlatform.StartAsync(shape, adjust: production =>
        {
            if (production.Services.Any(service => service.ServiceType == typeof(Database<MembersModule>)))
            {
                production.Services.AddSingleton(told).AddEventHandler<MembersModule, AttendanceRecorded, Listener>();
            }
        });
        var (location, admin, members) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MembersAsync(4));
        var id = await admin.EventAsync(location, ("roster", "selected"), ("member_ids", members.Select(member => member.Id)), ("check_in_closes_minutes_after", 5));
        var open = await admin.EventAsync(location);
        (await members[0].ScanAsync(await admin.CodeAsync(id))).Expect(HttpStatusCode.OK);
        (await admin.SetAsync(id, members[1], "excused", "other")).Expect(HttpStatusCode.OK);
        (await admin.AttendanceAsync(id)).ExpectCounts([1, 0, 0, 1, 2], "totals");

        // After the end, but the check-in is still open: nothing is closed yet.
        platform.Clock.Advance(TimeSpan.FromMinutes(10 + 120 + 2));
        await platform.RunAsync("close-ended-events");
        Assert.Equal("scheduled", (await admin.GetAsync($"/api/members/events/{id}")).Text("state"));
        platform.Clock.Advance(TimeSpan.FromMinutes(4));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => platform.RunAsync("close-ended-events")));

        foreach (var ended in (Guid[])[id, open])
        {
            Assert.Equal("closed", (await admin.GetAsync($"/api/members/events/{ended}")).Text("state"));
        }

        (await admin.AttendanceAsync(id)).ExpectCounts([1, 0, 2, 1, 0], "totals");
        await Eventually.TrueAsync(() => Task.FromResult(told.Facts.Count >= 4), "not every attendance was told");
        (Guid, string, string)[] expected =
        [
            (members[0].Id, "present", "scan"), (members[1].Id, "excused", "staff"), (members[2].Id, "absent", "close"), (members[3].Id, "absent", "close"),
        ];
        Assert.Equal(expected.Order(), told.Facts.Select(fact => (fact.MemberId, fact.Status, fact.Source)).Order());
        var changes = (await admin.GetAsync($"/api/members/events/{id}/attendance/{members[2].Id}/changes")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("close", Assert.Single(changes.EnumerateArray()).GetProperty("source").GetString());
        (await admin.SetAsync(id, members[2], "excused", "illness", "Sent the doctor's note")).Expect(HttpStatusCode.OK);
        (await admin.AttendanceAsync(id)).ExpectCounts([1, 0, 1, 2, 0], "totals");
    }

    [Theory, InBothShapes]
    public async Task Staff_closes_early_but_not_before_anybody_could_come(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (location, admin, member) = (await platform.LocationAsync(), await platform.AdminAsync(), await platform.MemberAsync());
        var later = platform.Now().AddHours(2);
        var early = await admin.EventAsync(location, ("starts_at", later), ("ends_at", later.AddHours(1)));
        (await admin.PostAsync($"/api/members/events/{early}/close")).Expect(HttpStatusCode.Conflict, "check-in-not-open");

        var id = await admin.EventAsync(location, ("roster", "selected"), ("member_ids", new[] { member.Id }));
        var code = await admin.CodeAsync(id);
        var answer = (await admin.PostAsync($"/api/members/events/{id}/close")).Expect(HttpStatusCode.OK);
        Assert.Equal((1, "closed"), (answer["absent"].GetInt32(), answer["event"].GetProperty("state").GetString()));
        (await member.ScanAsync(code)).Expect(HttpStatusCode.Conflict, "event-closed");
    }

    private sealed class Told
    {
        public System.Collections.Concurrent.ConcurrentQueue<AttendanceRecorded> Facts { get; } = new();
    }

    private sealed class Listener(Told told) : IHandleEvent<AttendanceRecorded>
    {
        public Task HandleAsync(AttendanceRecorded fact, Change change, CancellationToken cancellationToken)
        {
            told.Facts.Enqueue(fact);
            return Task.CompletedTask;
        }
    }
}
