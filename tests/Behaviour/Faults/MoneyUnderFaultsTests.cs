using System.Diagnostics;
using Portico.Tests.Behaviour.Analytics;
using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Bookings.Races;
using Portico.Tests.Behaviour.Notifications;

namespace Portico.Tests.Behaviour.Faults;

[Trait("Category", "Proof")]
public sealed class MoneyUnderFaultsTests(ITestOutputHelper output)
{
    private const int People = 12;
    private const int Rooms = 4;
    private const int Rounds = 20;
    private const int Transactions = 2000;

    [Fact]
    public async Task Whatever_is_killed_the_book_the_numbers_the_trail_the_mails_and_the_bookings_agree_to_the_last_one()
    {
        var random = Chance.Random(output);
        var (people, rooms, admin) = (new List<Person>(), Array.Empty<Guid>(), (Person)null!);
        await using var processes = await MoneyProcesses.StartAsync(random, async processes =>
        {
            var platform = processes.Platform;
            admin = await platform.AdminAsync();
            var place = await admin.OpenPlaceAsync();
            rooms = await Task.WhenAll(Enumerable.Range(0, Rooms).Select(_ => admin.AddSpaceAsync(place, settings: new { prices = new { hourly = 12 } })));
            people.AddRange(await Task.WhenAll(Enumerable.Range(0, People).Select(_ => platform.ReachableAsync())));
            (await admin.PostAsync("/api/notifications/admin/webhooks", new { url = $"{processes.ToOthers.Address}hook", types = (string[])["transaction.created", "payment.refunded"] }))
                .Expect(HttpStatusCode.Created);
        });
        List<Purse> all = [];
        var began = Stopwatch.GetTimestamp();
        var (interrupted, verified) = (0, "");
        var blows = Blow.All(random).Take(Rounds).ToList();
        foreach (var (round, blow) in blows.Index())
        {
            List<Purse> purses = [.. people.Select(person => new Purse(person))];
            var crowd = new MoneyCrowd(processes, purses, rooms, processes.Platform.Hour(48), random);
            var before = random.Next(20, 80);
            await crowd.RunAsync(before, Transactions / Rounds, blow);
            purses.AddRange(crowd.Newcomers);
            all.AddRange(purses);
            interrupted += crowd.Interrupted;
            output.WriteLine(
                $"{Stopwatch.GetElapsedTime(began):mm\\:ss}, round {round + 1}: {blow} after {before} of {purses.Sum(purse => purse.Transactions)} transactions, "
                + $"{crowd.Answered} answers, {crowd.Interrupted} times asked again");

            await processes.SettleAsync();
            var reckoning = new MoneyReckoning(processes, admin, all);
            await reckoning.AnswersStandAsync(crowd);
            await reckoning.ChargesStandAsync();
            await reckoning.CardsStandAsync();
            await MoneyReckoning.PurchasesStandAsync(purses);
            await reckoning.StatisticsStandAsync();
            await new NewsReckoning(processes, all).TrailStandsAsync();
            verified = await processes.RunAsync("verify", "--wait", "60");
        }

        var news = new NewsReckoning(processes, all);
        await news.MailsStandAsync();
        await news.WebhooksStandAsync();
        output.WriteLine(verified);
        output.WriteLine(await processes.RunAsync("audit", "verify"));
        output.WriteLine(
            $"{all.Sum(purse => purse.Transactions)} transactions, {interrupted} times asked again; "
            + $"of webhooks {processes.ToPayments.Lost} and {processes.ToOthers.Lost} lost, {processes.ToPayments.Doubled} and {processes.ToOthers.Doubled} doubled");
        Assert.True(all.Sum(purse => purse.Transactions) >= Transactions && interrupted >= Rounds, $"only {interrupted} times was somebody not answered");
    }
}
