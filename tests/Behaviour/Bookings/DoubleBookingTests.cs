namespace Portico.Tests.Behaviour.Bookings;

public sealed class DoubleBookingTests
{
    private const int Rounds = 5;

    [Theory, InBothShapes]
    public async Task Twenty_who_want_the_same_slot_at_once_leave_one_hold(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var members = await platform.MembersAsync(20);
        var room = await platform.AddSpaceAsync(await platform.AddPlaceAsync());
        for (var round = 0; round < Rounds; round++)
        {
            var (from, to) = (platform.Wednesday(8 + round), platform.Wednesday(9 + round));
            var answers = await Task.WhenAll(members.Select(member => member.HoldAsync(room, from, to)));
            Assert.Single(answers, answer => answer.Status is HttpStatusCode.Created);
            Assert.All(answers.Where(answer => answer.Status is not HttpStatusCode.Created), answer => answer.Expect(HttpStatusCode.Conflict, "space-taken"));
        }
    }
}
