using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class InviteRaceTests
{
    private const int Rounds = 20;
    private const int Racers = 50;

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Fifty_who_redeem_one_code_at_once_make_one_manager(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var admin = await platform.AdminAsync();
        var people = (await platform.MembersAsync(Racers)).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var here = await admin.AddLocationAsync();
            var invite = await admin.InviteAsync(here);
            var answers = await Task.WhenAll(people.Select(async person => (Person: person, Answer: await person.RedeemAsync(invite.Text("code")))));

            var (winner, _) = Assert.Single(answers, one => one.Answer.Status is HttpStatusCode.OK);
            Assert.All(answers.Where(one => one.Person != winner), one => one.Answer.Expect(HttpStatusCode.Conflict, "invite-used"));
            await winner.AnsweredAsync();
            Assert.Equal([winner.Id], await platform.StaffAsync(here));
            Assert.Equal("manager", await platform.RoleOfAsync(winner));
            // The winner's session has ended; another one takes the place.
            people[people.IndexOf(winner)] = await platform.MemberAsync();
        }
    }

    [Fact]
    public async Task Taking_an_invite_back_and_redeeming_it_at_once_do_not_both_happen()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (admin, anna) = (await platform.AdminAsync(), await platform.ManagerAsync());
        var here = await admin.AddLocationAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var invite = await admin.InviteAsync(here);
            var (redeeming, revoking) = (anna.RedeemAsync(invite.Text("code")), admin.DeleteAsync($"{InviteSteps.Invites}/{invite.Id}"));
            var (redeemed, revoked) = (await redeeming, await revoking);
            if (redeemed.Succeeded)
            {
                revoked.Expect(HttpStatusCode.Conflict, "invite-used");
            }
            else
            {
                redeemed.Expect(HttpStatusCode.Gone, "invite-revoked");
                revoked.Expect(HttpStatusCode.NoContent);
            }
        }
    }
}
