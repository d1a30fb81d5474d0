using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Calendars;

/// <summary>The address is a secret: whoever has it reads the calendar.</summary>
public sealed class CalendarAddressTests
{
    [Theory, InBothShapes]
    public async Task An_address_is_told_once_works_until_it_is_revoked_and_is_ones_own(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Modules:Bookings:PublicAddress"] = "https://portico.example.com" });
        var (anna, berta) = (await platform.MemberAsync(), await platform.MemberAsync());
        var (id, url) = await anna.AddCalendarAsync();
        var (other, second) = await anna.AddCalendarAsync();
        Assert.StartsWith("https://portico.example.com/api/bookings/calendars/", url, StringComparison.Ordinal);
        Assert.NotEqual(url, second);
        // 256 bits.
        Assert.Equal(43, CalendarSteps.TokenOf(url).Length);
        Assert.Empty(await platform.QueryAsync<Guid>(
            "bookings", "select id from calendars where calendars::text like '%' || @token || '%'", new { token = CalendarSteps.TokenOf(url) }));
        var path = new Uri(url).AbsolutePath;
        (await platform.FetchAsync(path)).Expect(HttpStatusCode.OK);

        var listed = (await anna.GetAsync(CalendarSteps.Calendars)).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain(CalendarSteps.TokenOf(url), listed.Body, StringComparison.Ordinal);
        Assert.Equal([id, other], listed.Json.EnumerateArray().Select(calendar => calendar.GetProperty("id").GetGuid()));
        Assert.Equal(
            [true, false], listed.Json.EnumerateArray().Select(calendar => calendar.GetProperty("last_used_at").ValueKind is not System.Text.Json.JsonValueKind.Null));
        Assert.Equal("[]", (await berta.GetAsync(CalendarSteps.Calendars)).Body);
        (await berta.DeleteAsync($"{CalendarSteps.Calendars}/{id}")).Expect(HttpStatusCode.NotFound, "calendar-not-found");
        (await platform.FetchAsync(path)).Expect(HttpStatusCode.OK);

        (await anna.DeleteAsync($"{CalendarSteps.Calendars}/{id}")).Expect(HttpStatusCode.NoContent);
        var revoked = (await platform.FetchAsync(path)).Expect(HttpStatusCode.NotFound, "calendar-not-found");
        (await anna.DeleteAsync($"{CalendarSteps.Calendars}/{id}")).Expect(HttpStatusCode.NotFound, "calendar-not-found");
        (await platform.FetchAsync(new Uri(second).AbsolutePath)).Expect(HttpStatusCode.OK);
        // Nobody learns whether there was one.
        var unknown = (await platform.FetchAsync("/api/bookings/calendars/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics")).Expect(HttpStatusCode.NotFound);
        Assert.Equal(unknown.Text("detail"), revoked.Text("detail"));
        Assert.Equal(unknown.Code, revoked.Code);
    }

    [Theory, InBothShapes]
    public async Task A_suspended_account_is_not_read_and_a_deleted_one_leaves_no_address(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var (_, url) = await anna.AddCalendarAsync();
        foreach (var (act, expected) in new[] { ("suspend", HttpStatusCode.NotFound), ("reinstate", HttpStatusCode.OK) })
        {
            (await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/{act}", act == "suspend" ? new { reason = "Unpaid" } : null)).Expect(HttpStatusCode.OK);
            await platform.ToldAsync("auth", anna.Id);
            (await platform.FetchAsync(url)).Expect(expected);
        }

        Assert.True((await admin.DeleteAsync($"/api/auth/admin/users/{anna.Id}")).Succeeded);
        await platform.ToldAsync("auth", anna.Id);
        (await platform.FetchAsync(url)).Expect(HttpStatusCode.NotFound, "calendar-not-found");
        Assert.Empty(await platform.QueryAsync<Guid>("bookings", "select id from calendars"));
    }

    [Fact]
    public async Task One_has_at_most_twenty_however_many_are_asked_for_at_once()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var anna = await platform.MemberAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => anna.PostAsync(CalendarSteps.Calendars)));
        Assert.Equal(20, answers.Count(answer => answer.Status is HttpStatusCode.Created));
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "too-many-calendars"));
        Assert.Equal(20, (await anna.GetAsync(CalendarSteps.Calendars)).Json.GetArrayLength());
    }

    [Theory, InBothShapes]
    public async Task An_address_is_in_no_log_no_measurement_and_no_trace(Shape shape)
    {
        ConcurrentQueue<string> sent = [];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body, Encoding.Latin1);
            sent.Enqueue(await body.ReadToEndAsync());
        });
        await collector.StartAsync();
        List<string> tokens = [], lines;
        await using (var platform = await RunningPlatform.StartAsync(shape, new()
            {
                ["Telemetry:OtlpEndpoint"] = collector.Urls.Single(), ["Logging:LogLevel:Portico.Requests"] = "Debug",
            }))
        {
            var anna = await platform.MemberAsync();
            await anna.BookAsync(await platform.AddSpaceAsync(await platform.AddPlaceAsync()), platform.Wednesday(9), 1);
            var ((id, gone), (_, url)) = (await anna.AddCalendarAsync(), await anna.AddCalendarAsync());
            (await anna.DeleteAsync($"{CalendarSteps.Calendars}/{id}")).Expect(HttpStatusCode.NoContent);
            tokens = [CalendarSteps.TokenOf(gone), CalendarSteps.TokenOf(url)];
            foreach (var address in new[] { url, gone, $"{url}/more", $"{url}?token={tokens[1]}", url[..^4] })
            {
                await platform.FetchAsync(address);
                await platform.FetchAsync($"{address}%00");
                await platform.Somebody().PostAsync(address);
                await anna.GetAsync(address);
                await anna.DeleteAsync(address);
                await anna.At("bookings").GetAsync(address);
            }

            // What an outage has to say.
            await platform.ExecuteAsync("bookings", "alter table calendars rename to mislaid");
            (await platform.FetchAsync(url)).Expect(HttpStatusCode.InternalServerError);
            if (shape is Shape.ProcessPerModule)
            {
                await platform.StopAsync("bookings");
                Assert.True((int)(await platform.FetchAsync(url)).Status is 502 or 503);
            }

            foreach (var app in platform.Apps)
            {
                var metrics = (await new Person(platform, new(app.Urls.Single())).GetAsync("/metrics")).Expect(HttpStatusCode.OK);
                Assert.All(tokens, token => Assert.DoesNotContain(token, metrics.Body, StringComparison.Ordinal));
            }

            lines = [.. platform.Logs.Lines];
        }

        Assert.Contains(lines, line => line.Contains("/api/bookings/calendars/{token}.ics", StringComparison.Ordinal));
        Assert.Contains(sent, text => text.Contains("GET /api/bookings/calendars/{token}.ics", StringComparison.Ordinal));
        Assert.All(tokens, token => Assert.DoesNotContain(lines.Concat(sent), text => text.Contains(token, StringComparison.Ordinal)));
    }

    [Theory, InBothShapes]
    public async Task Whoever_tries_addresses_is_stopped_by_their_own(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(
            shape, new() { ["RateLimiting:Enabled"] = "true", ["RateLimiting:AnonymousPerMinute"] = "10", ["Http:TrustedProxies:0"] = "127.0.0.0/8" });
        for (var attempt = 0; attempt < 10; attempt++)
        {
            (await TryAsync($"guess-{attempt}", "203.0.113.1")).Expect(HttpStatusCode.NotFound, "calendar-not-found");
        }

        (await TryAsync("guess-11", "203.0.113.1")).Expect(HttpStatusCode.TooManyRequests, "too-many-requests");
        (await TryAsync("guess-12", "203.0.113.2")).Expect(HttpStatusCode.NotFound, "calendar-not-found");

        Task<Answer> TryAsync(string token, string address) => platform.FetchAsync($"/api/bookings/calendars/{token}.ics", ("X-Forwarded-For", address));
    }
}
