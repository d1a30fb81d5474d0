using Microsoft.AspNetCore.Builder;

namespace Portico.Tests.Behaviour.Bookings.Races;

/// <summary>More people than there are connections to the database. Nobody waits for one that only they could give back.</summary>
[Trait("Category", "Proof")]
public sealed class FewConnectionsTests
{
    private const int Connections = 6;
    private const int Racers = 24;
    private const string Setting = "Modules:bookings:ConnectionString";

    [Theory, InBothShapes]
    public async Task A_crowd_before_one_room_with_keys_and_without_is_answered_and_so_is_whoever_wants_something_else(Shape shape)
    {
        await using var platform = await StartAsync(shape);
        var (crowd, reader) = (await platform.MembersAsync(Racers), await platform.MemberAsync());
        var room = await platform.AddSpaceAsync(await platform.AddOpenPlaceAsync());
        for (var round = 0; round < 5; round++)
        {
            var slot = platform.Hour(round);
            var asking = Task.WhenAll(crowd.Select((member, index) => AskAsync(member, room, slot, withKey: index % 2 == 0)));
            var reading = Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => reader.GetAsync("/api/bookings")));

            Assert.All(await reading, answer => answer.Expect(HttpStatusCode.OK));
            var answers = await asking;
            Assert.Single(answers, answer => answer.Status is HttpStatusCode.Created);
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "space-taken"));
        }

        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task A_crowd_with_keys_that_comes_upon_a_waiting_line_is_answered_and_the_line_served(Shape shape)
    {
        await using var platform = await StartAsync(shape);
        var (crowd, holder, waiting) = (await platform.MembersAsync(Racers), await platform.MemberAsync(), await platform.MemberAsync());
        var room = await platform.AddSpaceAsync(await platform.AddOpenPlaceAsync());
        for (var round = 0; round < 3; round++)
        {
            var slot = platform.Hour(1);
            await holder.HeldAsync(room, slot);
            var entry = await waiting.WaitAsync(room, slot);
            // Nobody tells the line of it: those who ask now find it.
            platform.Clock.Advance(BookingSteps.HoldFor);
            var answers = await Task.WhenAll(crowd.Select(member => AskAsync(member, room, slot, withKey: true)));

            Assert.All(answers, answer => answer.Expect(HttpStatusCode.Conflict, "space-taken"));
            await waiting.OfferedAsync(entry);
            platform.Clock.Advance(TimeSpan.FromHours(2));
        }

        await platform.InvariantsHoldAsync();
    }

    private static Task<RunningPlatform> StartAsync(Shape shape) => RunningPlatform.StartAsync(shape, BookingSteps.ByHand, Narrow);

    private static void Narrow(WebApplicationBuilder builder) => builder.Configuration[Setting] += $";Maximum Pool Size={Connections}";

    private static Task<Answer> AskAsync(Person member, Guid room, DateTimeOffset slot, bool withKey) => member.PostAsync(
        "/api/bookings", new { space_id = room, starts_at = slot, ends_at = slot.AddHours(1) }, withKey ? $"{Guid.CreateVersion7()}" : null);
}
