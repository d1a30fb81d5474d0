using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portico.Analytics;
using Portico.Analytics.Data;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Analytics;

/// <summary>What is counted, and telling it once more.</summary>
internal static class AnalyticsSteps
{
    /// <summary>Until everything that was said is counted.</summary>
    public static async Task CountedAsync(this RunningPlatform platform)
    {
        // Bookings and Payments answer each other: what one heard last may have made the other speak.
        foreach (var module in (string[])["auth", "members", "bookings", "payments", "bookings", "payments"])
        {
            await platform.AllToldAsync(module);
        }
    }

    public static async Task<Answer> AnalysedAsync(this Person person, string path) => (await person.GetAsync($"/api/analytics/{path}")).Expect(HttpStatusCode.OK);

    /// <summary>Transactions, their amount, paid ones, events, users.</summary>
    public static async Task<(long Transactions, decimal Amount, long Paid, long Events, long Users)> StatsAsync(this Person person, string query = "")
    {
        var stats = await person.AnalysedAsync($"stats?{query}");
        return (stats["total_transactions"].GetInt64(), stats["total_amount"].GetDecimal(), stats["total_paid_transactions"].GetInt64(),
            stats["events_processed"].GetInt64(), stats["unique_users"].GetInt64());
    }

    /// <summary>What was paid for the bookings of the next days that the person sees, and what of it went back.</summary>
    public static async Task<(decimal Paid, decimal Refunded)> RevenueAsync(this Person person)
    {
        await person.Platform.CountedAsync();
        var today = person.Platform.Clock.GetUtcNow();
        var revenue = Assert.Single((await person.AnalysedAsync($"overview?from={today.AddDays(-1):yyyy-MM-dd}&to={today.AddDays(9):yyyy-MM-dd}"))["revenue"].EnumerateArray());
        return (revenue.GetProperty("paid").GetDecimal(), revenue.GetProperty("refunded").GetDecimal());
    }

    /// <summary>A location that never closes, of which everybody was told.</summary>
    public static async Task<Guid> OpenPlaceAsync(this Person admin)
    {
        var hours = ((string[])["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]).Select(day => new { day, opens = "00:00", closes = "24:00" });
        var id = (await admin.PostAsync("/api/bookings/locations", new { name = AccountSteps.NewName("place"), time_zone = "Europe/Rome", currency = "EUR", opening_hours = hours }))
            .Expect(HttpStatusCode.Created).Id;
        await admin.Platform.ToldAsync("bookings", id);
        return id;
    }

    /// <summary>Every table of numbers, to the last digit.</summary>
    public static async Task<string> NumbersAsync(this RunningPlatform platform)
    {
        var text = new StringBuilder();
        foreach (var table in Counting.Tables)
        {
            var rows = await platform.QueryAsync<string>("analytics", $"select row::text from {table} as row order by 1");
            text.Append(CultureInfo.InvariantCulture, $"{table}\n{string.Join('\n', rows)}\n");
        }

        return text.ToString();
    }

    /// <summary>The numbers are those that the kept facts come to.</summary>
    public static async Task NumbersAgreeAsync(this RunningPlatform platform)
    {
        Assert.Empty(await platform.QueryAsync<Guid>(
            "analytics",
            """
            select subject from counts full join (
                select subject, sum(transactions) as made, sum(paid_transactions) as settled, sum(events) as heard, count(distinct member_id) as people
                from moves where currency is null group by subject) as moved using (subject)
            where (transactions, paid_transactions, events, users) is distinct from (made, settled, heard, people)
            """));
        Assert.Empty(await platform.QueryAsync<Guid>(
            "analytics",
            """
            select subject from days full join (
                select subject, currency, day, sum(transactions) as made, sum(amount) as came_to, sum(paid) as settled, sum(cancelled) as called_off
                from moves where currency is not null group by subject, currency, day) as moved using (subject, currency, day)
            where (transactions, amount, paid, cancelled) is distinct from (made, came_to, settled, called_off)
            """));
    }

    public static async Task<long> RebuildAsync(this RunningPlatform platform)
    {
        await using var scope = platform.Hosting<AnalyticsModule>().CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Rebuild>().RunAsync(CancellationToken.None);
    }
}
