using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portico.Bookings;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Platform.Data;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>The ledger as bookings use it: within a change of theirs.</summary>
public sealed class LedgerTests
{
    private const int Rounds = 10;
    private const int Racers = 50;

    [Fact]
    public async Task A_booking_gives_back_to_the_payer_and_the_month_it_took_from_and_no_more_than_that()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        platform.MoveToMidMonth();
        var (admin, anna) = (await platform.AdminAsync(), await platform.BookerAsync());
        await admin.GivePlanAsync(anna, await admin.AddPlanAsync(10));
        var (now, booking) = (platform.Clock.GetUtcNow(), Guid.CreateVersion7());
        var month = CreditMonth.At(now);
        await InChangeAsync(platform, async change =>
        {
            var payer = (await Credits.PayerOfAsync(change, anna.Id, CancellationToken.None))!;
            Assert.Equal(10, await Credits.BalanceAsync(change, payer, month, now, CancellationToken.None));
            await Credits.UseAsync(change, payer, month, 4.25m, booking, anna.Id, now, CancellationToken.None);
            Assert.Equal(10, await Credits.BalanceAsync(change, payer, month.AddMonths(1), now, CancellationToken.None));
            await Credits.UseAsync(change, payer, month.AddMonths(1), 2, booking, anna.Id, now, CancellationToken.None);
            await Credits.UseAsync(change, payer, month, 0, booking, anna.Id, now, CancellationToken.None);
        });
        Assert.Equal([5.75m, 8, 10], await anna.BalancesAsync());

        // Meanwhile a team pays; what anna paid is still hers.
        await admin.AddToTeamAsync(await admin.AddTeamAsync(), anna);
        await InChangeAsync(platform, async change =>
        {
            Assert.Equal(5.25m, await Credits.GiveBackAsync(change, booking, 5.25m, null, now, CancellationToken.None));
            Assert.Equal(1, await Credits.GiveBackAsync(change, booking, 5, null, now, CancellationToken.None));
            Assert.Equal(0, await Credits.GiveBackAsync(change, booking, 5, null, now, CancellationToken.None));
            Assert.Equal(0, await Credits.GiveBackAsync(change, Guid.CreateVersion7(), 5, null, now, CancellationToken.None));
        });
        var hours = await platform.QueryAsync<decimal>(
            "bookings", "select sum(hours) from credit_entries where payer_id = @Id group by month order by month", new { anna.Id });
        Assert.Equal([10m, 10m], hours);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => platform.ExecuteAsync(
            "bookings",
            """
            insert into credit_entries (id, payer_kind, payer_id, month, hours, kind, booking_id, at)
            select gen_random_uuid(), payer_kind, payer_id, month, 0.01, 'return', booking_id, at from credit_entries where kind = 'use' limit 1
            """));
        Assert.Equal("credits_return_what_was_used", refusal.ConstraintName);
    }

    [Fact]
    public async Task Bookings_that_race_for_the_last_hours_use_what_is_there_and_are_never_refused()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (admin, anna) = (await platform.AdminAsync(), await platform.BookerAsync());
        await admin.GivePlanAsync(anna, await admin.AddPlanAsync(10));
        var now = platform.Clock.GetUtcNow();
        for (var round = 0; round < Rounds; round++)
        {
            var month = CreditMonth.At(now).AddMonths(round);
            var used = await Task.WhenAll(Enumerable.Range(0, Racers).Select(async _ =>
            {
                var hours = 0m;
                await InChangeAsync(platform, async change =>
                {
                    var payer = (await Credits.PayerOfAsync(change, anna.Id, CancellationToken.None))!;
                    hours = Math.Min(3, await Credits.BalanceAsync(change, payer, month, now, CancellationToken.None));
                    await Credits.UseAsync(change, payer, month, hours, Guid.CreateVersion7(), anna.Id, now, CancellationToken.None);
                });
                return hours;
            }));
            Assert.Equal([1, 3, 3, 3], used.Where(hours => hours > 0).Order());
        }
    }

    [Fact]
    public async Task Changes_that_touch_several_months_in_opposite_orders_do_not_wait_for_each_other()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (admin, anna) = (await platform.AdminAsync(), await platform.BookerAsync());
        await admin.GivePlanAsync(anna, await admin.AddPlanAsync(1000));
        var now = platform.Clock.GetUtcNow();
        DateOnly[] months = [.. Enumerable.Range(0, 4).Select(CreditMonth.At(now).AddMonths)];
        var (early, late) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await TakeAsync(early, [months[0]], []);
        await TakeAsync(late, [months[^1]], []);

        await Task.WhenAll(Enumerable.Range(0, Racers).Select(n => n % 2 == 0
            ? TakeAsync(Guid.CreateVersion7(), [months[1], months[2], months[3]], [early])
            : TakeAsync(Guid.CreateVersion7(), [months[2], months[1], months[0]], [late])));
        var left = await platform.QueryAsync<decimal>(
            "bookings", "select sum(hours) from credit_entries where payer_id = @Id group by month order by month", new { anna.Id });
        Assert.Equal([975, 950, 950, 975], left);

        // Gives back first what others took, as one does who moves a booking: their months are locked, too.
        Task TakeAsync(Guid booking, DateOnly[] touched, Guid[] others) => InChangeAsync(platform, async change =>
        {
            var payer = (await Credits.PayerOfAsync(change, anna.Id, CancellationToken.None))!;
            await Credits.LockAsync(change, payer, touched, others, CancellationToken.None);
            foreach (var other in others)
            {
                await Credits.GiveBackAsync(change, other, 1, null, now, CancellationToken.None);
            }

            foreach (var month in touched)
            {
                await Credits.BalanceAsync(change, payer, month, now, CancellationToken.None);
                await Credits.UseAsync(change, payer, month, 1, booking, null, now, CancellationToken.None);
            }
        });
    }

    [Fact]
    public async Task Nothing_is_given_for_months_that_are_over()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        platform.MoveToMidMonth();
        var (admin, anna) = (await platform.AdminAsync(), await platform.BookerAsync());
        await admin.GivePlanAsync(anna, await admin.AddPlanAsync(10));
        (await admin.AdjustAsync(anna, -1, platform.Month(-1))).Expect(HttpStatusCode.Conflict, "credits-exhausted");
        Assert.Equal(2, (await admin.AdjustAsync(anna, 2, platform.Month(-1))).Expect(HttpStatusCode.OK)["balance"].GetDecimal());
        await using var scope = platform.Apps[0].Services.CreateAsyncScope();
        var (database, now) = (scope.ServiceProvider.GetRequiredService<Database<BookingsModule>>(), platform.Clock.GetUtcNow());
        var payer = (await Credits.PayerOfAsync(database, anna.Id, CancellationToken.None))!;
        var month = CreditMonth.At(now);
        Assert.Equal(2, await Credits.BalanceAsync(database, payer, month.AddMonths(-1), now, CancellationToken.None));
        Assert.Equal(10, await Credits.BalanceAsync(database, payer, month, now, CancellationToken.None));
    }

    [Theory]
    [InlineData("update credit_entries set hours = 100")]
    [InlineData("delete from credit_entries")]
    [InlineData("truncate credit_entries")]
    public async Task What_was_entered_is_never_changed(string sql)
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (admin, anna) = (await platform.AdminAsync(), await platform.BookerAsync());
        (await admin.AdjustAsync(anna, 2)).Expect(HttpStatusCode.OK);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => platform.ExecuteAsync("bookings", sql));
        Assert.Equal("credit_entries are kept", refusal.MessageText);
        Assert.Equal(2, (await anna.BalancesAsync())[0]);
    }

    private static async Task InChangeAsync(RunningPlatform platform, Func<Change, Task> act)
    {
        await using var scope = platform.Apps[0].Services.CreateAsyncScope();
        await using var change = await scope.ServiceProvider.GetRequiredService<Database<BookingsModule>>().BeginAsync(CancellationToken.None);
        await act(change);
        await change.CommitAsync(CancellationToken.None);
    }
}
