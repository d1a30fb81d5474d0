namespace Portico.Tests.Behaviour.Bookings;

public sealed class CreditRaceTests
{
    private const int Rounds = 20;
    private const int Racers = 50;

    // In even rounds the plan gives the ten hours, and whoever comes first enters them; in odd ones they are there.
    [Fact]
    public async Task Fifty_who_take_an_hour_at_once_from_ten_leave_none_and_never_less()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        platform.MoveToMidMonth();
        var (admin, anna, berta) = (await platform.AdminAsync(), await platform.BookerAsync(), await platform.BookerAsync());
        await admin.GivePlanAsync(anna, await admin.AddPlanAsync(10));
        for (var round = 0; round < Rounds; round++)
        {
            var (payer, month) = (round % 2 == 0 ? anna : berta, platform.Month(round));
            if (payer == berta)
            {
                (await admin.AdjustAsync(payer, 10, month)).Expect(HttpStatusCode.OK);
            }

            var answers = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => admin.AdjustAsync(payer, -1, month)));

            var taken = answers.Where(answer => answer.Status is HttpStatusCode.OK).ToList();
            Assert.Equal(Enumerable.Range(0, 10), taken.Select(answer => (int)answer["balance"].GetDecimal()).Order());
            Assert.All(answers.Except(taken), answer => answer.Expect(HttpStatusCode.Conflict, "credits-exhausted"));
            var hours = await platform.QueryAsync<decimal>(
                "bookings", "select hours from credit_entries where payer_id = @Id and month = to_date(@month, 'YYYY-MM')", new { payer.Id, month });
            Assert.Equal((11, 0m, 10m), (hours.Count, hours.Sum(), hours.Max()));
        }
    }
}
