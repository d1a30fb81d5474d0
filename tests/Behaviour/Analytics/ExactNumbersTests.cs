using Npgsql;
using Portico.Contracts.Bookings;
using Portico.Contracts.Members;
using Portico.Contracts.Payments;
using Portico.Tests.Behaviour.Delivery;
using Portico.Tests.Behaviour.Payments;

namespace Portico.Tests.Behaviour.Analytics;

public sealed class ExactNumbersTests
{
    [Fact]
    public async Task Facts_that_come_again_and_in_any_order_count_once_and_the_same_when_counted_anew()
    {
        // A process of its own: in one with the others they would answer what they hear.
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule);
        var admin = await platform.AdminAsync();
        var (rome, room, anna, bruno) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var starts = new DateTimeOffset(2026, 3, 31, 22, 30, 0, TimeSpan.Zero);
        var booked = new BookedTime(Guid.CreateVersion7(), anna, rome, room, null, "Quiet room", starts, starts.AddHours(2), "Europe/Rome", 20, "EUR", 0);
        var (one, two, three) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        List<Func<Task>> tellings = [];

        // Payments is heard before Bookings, the visit before the location.
        Tell(new PaymentSucceeded(Guid.CreateVersion7(), booked.BookingId, anna, 20, "EUR", starts));
        Tell(new TransactionCreated(one, anna, 20, "EUR", "Quiet room", starts, booked.BookingId, rome));
        Tell(new TransactionCreated(two, anna, 0.1m, "EUR", "Paper", starts));
        Tell(new TransactionCreated(three, anna, 0.2m, "EUR", "Ink", starts, Guid.CreateVersion7(), rome));
        Tell(new TransactionPaid(anna, 3, [one, two, three], [new("EUR", 20.3m)], starts.AddHours(3)));
        Tell(new MemberCheckedIn(Guid.CreateVersion7(), anna, rome, starts.AddDays(-3)));
        Tell(new MemberCheckedIn(Guid.CreateVersion7(), bruno, rome, starts.AddDays(-3)));
        Tell(new BookingHeld(booked, starts.AddHours(-1), false, starts.AddHours(-2)));
        Tell(new BookingAwaitsPayment(booked, starts.AddHours(-1), starts.AddHours(-2)));
        Tell(new BookingConfirmed(booked, "payment", null, starts.AddHours(-2)));
        Tell(new LocationChanged(rome, "Rome", "Europe/Rome", new(22, 0), false, starts.AddDays(-9)));
        Tell(new LocationStaffListed(rome, [new(bruno, "manager", starts), new(anna, "kiosk", starts)], starts));
        foreach (var tell in tellings)
        {
            await tell();
        }

        var numbers = await platform.NumbersAsync();
        Assert.Equal((3, 20.3m, 3, 4, 1), await admin.StatsAsync());
        // Two of three were of bookings there, and both were paid by one fact.
        Assert.Equal((2, 20.2m, 2, 3, 1), await admin.StatsAsync($"location_id={rome}"));
        // In Rome it is April already, half an hour after midnight.
        Assert.Equal("2026-04-01", (await admin.AnalysedAsync("bookings?from=2026-03-01&to=2026-04-30")).Json[0].GetProperty("day").GetString());
        var months = (await admin.AnalysedAsync("performance?from=2026-03-01&to=2026-04-30"))["retention"].EnumerateArray()
            .Select(month => (month.GetProperty("month").GetString(), month.GetProperty("members").GetInt32(), month.GetProperty("came_again").GetInt32()));
        Assert.Equal([("2026-03-01", 2, 1), ("2026-04-01", 1, 0)], months);
        var revenue = (await admin.AnalysedAsync("overview?from=2026-04-01&to=2026-04-01"))["revenue"][0];
        Assert.Equal((20m, 20m), (revenue.GetProperty("expected").GetDecimal(), revenue.GetProperty("paid").GetDecimal()));
        Assert.Equal([bruno], await platform.QueryAsync<Guid>("analytics", "select account_id from location_staff"));

        // Each ten times at once, in the other order; also when the inbox knows nothing of them any more.
        await Task.WhenAll(Enumerable.Repeat(Enumerable.Reverse(tellings), 10).SelectMany(all => all).Select(tell => tell()));
        Assert.Equal(numbers, await platform.NumbersAsync());
        await platform.ExecuteAsync("analytics", "delete from inbox");
        await Task.WhenAll(tellings.Select(tell => tell()));
        Assert.Equal(numbers, await platform.NumbersAsync());

        Assert.Equal(tellings.Count, await platform.RebuildAsync());
        Assert.Equal(numbers, await platform.NumbersAsync());
        await platform.NumbersAgreeAsync();
        // What people wrote is not kept, and what is kept stays.
        Assert.Empty(await platform.QueryAsync<Guid>("analytics", "select id from facts where payload ? 'description' or payload::text like '%Paper%'"));
        Assert.Equal("facts_append_only", (await Assert.ThrowsAsync<PostgresException>(() => platform.ExecuteAsync("analytics", "delete from facts"))).ConstraintName);

        void Tell<TEvent>(TEvent fact)
            where TEvent : Contracts.IIntegrationEvent
        {
            var id = Guid.CreateVersion7();
            tellings.Add(() => platform.DeliverAsync(platform.AddressOf("analytics"), id, fact));
        }
    }

    [Fact]
    public async Task Batches_that_come_at_once_count_each_fact_once()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule);
        var (admin, at) = (await platform.AdminAsync(), platform.Clock.GetUtcNow());
        var members = Enumerable.Range(0, 10).Select(_ => Guid.CreateVersion7()).ToList();
        var charges = Enumerable.Range(0, 4000).Select(nth => KeyValuePair.Create(
            Guid.CreateVersion7(), new TransactionCreated(Guid.CreateVersion7(), members[nth % 10], 0.1m, "EUR", "Paper", at))).ToList();
        await Task.WhenAll(charges.Chunk(200).Select(batch => platform.DeliverAsync(platform.AddressOf("analytics"), batch)));
        Assert.Equal((4000, 400m, 0, 4000, 10), await admin.StatsAsync());
        await platform.NumbersAgreeAsync();
    }

    [Fact]
    public async Task What_is_said_while_nobody_counts_is_counted_afterwards()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule);
        var (admin, people) = (await platform.AdminAsync(), await platform.MembersAsync(3));
        await Task.WhenAll(people.Select(person => person.OwesAsync(1)));
        await platform.CountedAsync();
        await platform.StopAsync("analytics");
        await Task.WhenAll(people.SelectMany(person => Enumerable.Repeat(person, 5)).Select(person => person.OwesAsync(2)));
        await Task.WhenAll(people.Select(person => person.PayAsync()));
        await platform.StartAgainAsync("analytics");
        await platform.CountedAsync();
        await Eventually.TrueAsync(async () => (await admin.GetAsync("/api/analytics/stats")).Succeeded, "the gateway does not find it again");
        Assert.Equal((18, 33m, 18, 21, 3), await admin.StatsAsync());
        await platform.NumbersAgreeAsync();
    }
}
