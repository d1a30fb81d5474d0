using Microsoft.Extensions.DependencyInjection;
using Portico.Payments;
using Portico.Payments.Features.Memberships;
using Portico.Platform.Data;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>Two processes of Payments that share a database and both run the billing run.</summary>
[Trait("Category", "Proof")]
public sealed class MembershipRaceTests
{
    private const int Members = 6;

    // Twenty rounds are less than a year: nobody is suspended, which would end the periods.
    private static readonly Dictionary<string, string?> NobodySuspended = new() { ["Modules:Payments:Memberships:SuspendAfterDays"] = "365" };

    [Theory, MemberData(nameof(PaymentRaceTests.Rounds), MemberType = typeof(PaymentRaceTests))]
    public async Task However_many_runs_there_are_each_period_is_charged_once(Shape shape, int rounds)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, NobodySuspended);
        platform.Clock.MoveTo(new(2027, 1, 31, 12, 0, 0, TimeSpan.Zero));
        await platform.StartAnotherAsync("payments");
        var admin = await platform.AdminAsync();
        var offer = await admin.OfferAsync(10);
        var members = await platform.MembersAsync(Members);
        // Each of them begins ten times at once, and once.
        foreach (var member in members)
        {
            var begun = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => member.JoinAsync(offer)));
            Assert.Single(begun, answer => answer.Status is HttpStatusCode.Created);
            Assert.All(begun.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "membership-exists"));
        }

        var processes = platform.Apps.Where(app => app.Services.GetService<ModuleDataSource<PaymentsModule>>() is not null).ToList();
        Assert.Equal(2, processes.Count);
        for (var round = 1; round <= rounds; round++)
        {
            platform.Clock.Advance(TimeSpan.FromDays(18));
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async turn =>
            {
                await using var scope = processes[turn % 2].Services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<BillMemberships>().RunAsync(CancellationToken.None);
            }));
        }

        await platform.BillAsync();
        Assert.All(
            await platform.QueryAsync<Charged>(
                "payments",
                """
                select count(*)::int as periods, count(distinct transaction_id)::int as charges, count(distinct documents.id)::int as invoices,
                       (max(period_end) - min(period_start)) = sum(period_end - period_start) as whole, max(period_end) > @today as up_to_date
                from membership_periods left join documents using (transaction_id) group by membership_id
                """, new { today = platform.Clock.GetUtcNow().UtcDateTime.Date }),
            one => Assert.Equal((one.Periods, one.Periods, true, true), (one.Charges, one.Invoices, one.Whole, one.UpToDate)));
        Assert.Equal(
            Members * 10m * (await platform.QueryAsync<int>("payments", "select count(*)::int from membership_periods where membership_id = (select id from memberships limit 1)")).Single(),
            await platform.HouseAsync("fees"));
        await platform.BookAgreesAsync();
    }

    private sealed record Charged(int Periods, int Charges, int Invoices, bool Whole, bool UpToDate);
}
