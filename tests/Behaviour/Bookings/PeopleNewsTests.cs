using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>What Bookings does when Auth was not heard.</summary>
public sealed class PeopleNewsTests
{
    [Theory, InBothShapes]
    public async Task The_nightly_comparison_mends_what_no_message_told(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:reconcile-people:Every"] = "00:00:00.5" });
        var admin = await platform.AdminAsync();
        var location = await admin.AddLocationAsync();
        var (anna, bob, carla, dora) = (await platform.MemberAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        foreach (var person in (Person[])[anna, bob, carla, dora])
        {
            await platform.ToldAsync("auth", person.Id);
        }

        // What the loss of messages, or an old backup, would leave.
        await platform.ExecuteAsync("bookings", "delete from people where id = @Id", new { anna.Id });
        await platform.ExecuteAsync("bookings", "update people set status = 'suspended', username = 'somebody' where id = @Id", new { dora.Id });
        await platform.ExecuteAsync(
            "bookings",
            """
            update people set role = 'manager' where id = @Id;
            insert into location_staff (location_id, account_id, duty, added_by, added_at) values (@location, @Id, 'manager', @Id, now())
            """, new { carla.Id, location });
        await platform.ExecuteAsync("auth", "update accounts set status = 'deleted', username = 'deleted-1', email = null where id = @Id", new { bob.Id });

        await BecomesAsync(platform, anna, $"{anna.Username} member active");
        await BecomesAsync(platform, dora, $"{dora.Username} member active");
        await BecomesAsync(platform, carla, $"{carla.Username} member active");
        await BecomesAsync(platform, bob, "deleted member deleted");
        Assert.Equal(0, (await admin.GetAsync($"/api/bookings/locations/{location}/staff")).Expect(HttpStatusCode.OK).Json.GetArrayLength());
    }

    private static Task BecomesAsync(RunningPlatform platform, Person person, string known) => Eventually.TrueAsync(
        async () => (await platform.QueryAsync<string>(
            "bookings", "select concat_ws(' ', username, role, status) from people where id = @Id", new { person.Id })).SequenceEqual([known]),
        $"{person.Username} is not known as {known}");
}
