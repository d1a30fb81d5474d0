using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings.Races;

/// <summary>Many who have the same invite.</summary>
[Collection(nameof(Rushes))]
[Trait("Category", "Proof")]
public sealed class InviteRaceTests(Rushes rushes, ITestOutputHelper output)
{
    [Theory, Rounds]
    public async Task All_who_redeem_one_code_at_once_make_one_manager(Shape shape, int rounds, int racers)
    {
        var rush = await rushes.InAsync(shape);
        // Not of the crowd that other races share: whoever wins is a member no more.
        var people = (await rush.Platform.MembersAsync(racers)).Select(rush.Elsewhere).ToList();
        for (var round = 0; round < rounds; round++)
        {
            var here = await rush.Admin.AddLocationAsync();
            var code = (await rush.Admin.InviteAsync(here)).Text("code");
            var answers = await rush.AtOnceAsync(people.Select(person => (Func<Task<Answer>>)(() => person.RedeemAsync(code))));

            var (winner, _) = Assert.Single(people.Zip(answers), one => one.Second.Status is HttpStatusCode.OK);
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "invite-used"));
            await winner.AnsweredAsync();
            Assert.Equal([winner.Id], await rush.Platform.StaffAsync(here));
            Assert.Equal("manager", await rush.Platform.RoleOfAsync(winner));
            // The winner's session has ended; another one takes the place.
            people[people.IndexOf(winner)] = rush.Elsewhere(await rush.Platform.MemberAsync(), round);
        }

        await rush.EndAsync(output);
    }

    [Theory, Rounds]
    public async Task Taking_an_invite_back_and_redeeming_it_at_once_do_not_both_happen(Shape shape, int rounds, int racers)
    {
        var rush = await rushes.InAsync(shape);
        var manager = rush.Elsewhere(await rush.Platform.ManagerAsync(), 0);
        var redeemedTimes = 0;
        for (var round = 0; round < rounds; round++)
        {
            var invite = await rush.Admin.InviteAsync(await rush.Admin.AddLocationAsync());
            var answers = await rush.AtOnceAsync(Enumerable.Range(0, racers).Select(turn => (Func<Task<Answer>>)(() => turn % 2 == 0
                ? rush.Elsewhere(manager, turn / 2).RedeemAsync(invite.Text("code"))
                : rush.Elsewhere(rush.Admin, turn / 2).DeleteAsync($"{InviteSteps.Invites}/{invite.Id}"))));

            var (redeeming, revoking) = (answers.Where((_, turn) => turn % 2 == 0).ToList(), answers.Where((_, turn) => turn % 2 == 1).ToList());
            if (redeeming.Exists(answer => answer.Succeeded))
            {
                redeemedTimes++;
                Assert.All(revoking, answer => answer.Expect(HttpStatusCode.Conflict, "invite-used"));
            }
            else
            {
                Assert.All(redeeming, answer => answer.Expect(HttpStatusCode.Gone, "invite-revoked"));
                Assert.Contains(revoking, answer => answer.Status is HttpStatusCode.NoContent);
            }
        }

        output.WriteLine($"redeemed {redeemedTimes} times of {rounds}");
        await rush.EndAsync(output);
    }
}
