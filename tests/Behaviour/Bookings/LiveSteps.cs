using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portico.Host;

namespace Portico.Tests.Behaviour.Bookings;

internal static class LiveSteps
{
    /// <summary>A second process of bookings over the same databases, as behind a load balancer.</summary>
    public static async Task<WebApplication> SecondBookingsAsync(this RunningPlatform platform)
    {
        Dictionary<string, string?> settings = new(platform.Databases)
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Neighbours:auth"] = platform.AddressOf("auth").ToString(),
        };
        var builder = PorticoApp.Configure(platform.DataFolder, settings, "Testing");
        var app = PorticoApp.Build(PorticoApp.Deployment(["bookings"], builder.Configuration, platform.DataFolder), builder, production =>
        {
            production.Logging.ClearProviders().AddProvider(platform.Logs);
            production.Services.AddSingleton<TimeProvider>(platform.Clock);
        });
        await app.StartAsync();
        return app;
    }

    /// <summary>The same person calling another process.</summary>
    public static Person At(this Person person, WebApplication app) =>
        new(person.Platform, new Uri(app.Urls.Single())) { Id = person.Id, Username = person.Username, Password = person.Password, Token = person.Token };

    public static async Task<Guid> HoldingAsync(this Person person, Guid space, DateTimeOffset from, DateTimeOffset to) =>
        (await person.HoldAsync(space, from, to)).Expect(HttpStatusCode.Created).Id;

    public static async Task GiveUpAsync(this Person person, Guid booking) =>
        (await person.PostAsync($"/api/bookings/{booking}/cancel", new { })).Expect(HttpStatusCode.OK);

    /// <summary>So many changes of the floor at once, as if somebody had made them: they are one booking's, again and again.</summary>
    public static Task ChangeAlotAsync(this RunningPlatform platform, Guid booking, int times) => platform.ExecuteAsync(
        "bookings",
        """
        insert into floor_changes (at, location_id, space_id, booking_id, act, from_status, to_status, starts_at, ends_at, held_until)
        select at, location_id, space_id, booking_id, 'extend', 'held', 'held', starts_at, ends_at, held_until
        from (select * from floor_changes where booking_id = @booking order by id limit 1) as first, generate_series(1, @times)
        """, new { booking, times });

    /// <summary>The numbers of all changes, once each has one.</summary>
    public static async Task<IReadOnlyList<long>> NumberedAsync(this RunningPlatform platform)
    {
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<long>("bookings", "select count(*) from floor_changes where seq is null")).Single() == 0,
            "changes stay without a number");
        return await platform.QueryAsync<long>("bookings", "select seq from floor_changes order by seq");
    }

    /// <summary>Until the process that answers has read up to this change.</summary>
    public static Task KnowsAsync(this RunningPlatform platform, Person person, long seq) => Eventually.TrueAsync(
        async () =>
        {
            await using var floor = await LiveStream.OpenAsync(person, at: platform.Gateway);
            return (await floor.NextAsync("hello")).Seq == seq;
        },
        $"change {seq} is not read");

    /// <summary>Gives somebody a duty at a location, as its administrators do.</summary>
    public static Task AppointAsync(this RunningPlatform platform, Guid location, Person person, string duty) => platform.ExecuteAsync(
        "bookings",
        "insert into location_staff (location_id, account_id, duty, added_by, added_at) values (@location, @Id, @duty, @Id, now())",
        new { location, person.Id, duty });

    /// <summary>A figure of the process that hosts bookings, as a scraper reads it: the only line that begins like this.</summary>
    public static async Task<double> FigureAsync(this RunningPlatform platform, string series)
    {
        using var client = new HttpClient();
        var page = await client.GetStringAsync(new Uri(platform.AddressOf("bookings"), "/metrics"));
        var line = page.Split('\n').SingleOrDefault(line => line.StartsWith(series, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No {series} in\n{page}");
        return double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
