using System.Net.Sockets;
using Portico.Contracts.Auth;
using Portico.Contracts.Bookings;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Notifications;

/// <summary>Others are told of facts, signed, until they take them, and never where they are not to be looked for.</summary>
public sealed class WebhookTests
{
    private const string Webhooks = "/api/notifications/admin/webhooks";

    [Theory, InBothShapes]
    public async Task Facts_are_told_signed_and_again_until_they_are_taken_or_nobody_has_taken_any_for_long(Shape shape)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        Dictionary<string, string?> settings = new(BookingSteps.ByHand)
        {
            ["Modules:Notifications:Webhooks:AllowPrivate"] = "true",
            ["Modules:Notifications:Attempts"] = "4",
            ["Modules:Notifications:RetryAfter"] = "00:00:00.1",
        };
        await using var platform = await RunningPlatform.StartAsync(shape, settings);
        var (admin, anna) = (await platform.AdminAsync(), await platform.ReachableAsync());
        await platform.SayAsync(new UserRoleChanged(admin.Id, "admin", admin.Id, platform.Clock.GetUtcNow()));
        await platform.AllToldAsync("auth");
        object all = new { url = receiver.Url, topics = (string[])["bookings", "users"], types = (string[])["document.issued"] };
        (await anna.PostAsync(Webhooks, all)).Expect(HttpStatusCode.Forbidden);
        (await admin.PostAsync(Webhooks, new { url = receiver.Url, types = (string[])["user.password_reset_requested"] })).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.PostAsync(Webhooks, new { url = receiver.Url })).Expect(HttpStatusCode.BadRequest, "invalid");
        var added = (await admin.PostAsync(Webhooks, all)).Expect(HttpStatusCode.Created);
        var (webhook, secret) = ($"{Webhooks}/{added["webhook"].GetProperty("id").GetGuid()}", added.Text("secret"));
        platform.Logs.Secret(secret);
        platform.Logs.Secret(receiver.Url);
        Assert.DoesNotContain(secret, (await admin.GetAsync(Webhooks)).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);

        // What is refused comes again, the same. A redirect is an answer like any other.
        receiver.Answer = 307;
        var booking = platform.BookingOf(anna);
        await platform.SayAsync(new BookingConfirmed(booking, "staff", null, platform.Clock.GetUtcNow()));
        await Eventually.TrueAsync(() => Task.FromResult(!receiver.Calls.IsEmpty), "the fact is not told");
        receiver.Answer = 200;
        (await anna.PostAsync("/api/auth/password/forgot", new { username = anna.Username })).Expect(HttpStatusCode.Accepted);
        await platform.AllToldAsync("auth");
        await SettledAsync();
        var calls = receiver.Calls.ToList();
        Assert.InRange(calls.Count, 2, 4);
        Assert.Single(calls.DistinctBy(call => (call.Path, call.Delivery, call.Body)));
        Assert.All(calls, call => Assert.True(call.IsSignedWith(secret), call.Signature));
        Assert.Equal(("/hook", "booking.confirmed", booking.BookingId), (calls[0].Path, calls[0].Type, calls[0].Json.GetProperty("data").GetProperty("booking").GetProperty("booking_id").GetGuid()));
        var attempts = await AttemptsAsync();
        Assert.Equal((calls.Count, "200 ", "307 not_taken"), (attempts.Count, attempts[0], attempts[^1]));

        // What was given up is shown, and is taken when it is sent again.
        receiver.Answer = 500;
        await platform.SayAsync(new BookingExpired(booking, "held", platform.Clock.GetUtcNow()));
        await SettledAsync();
        var dead = (await admin.GetAsync($"{NotificationSteps.Deliveries}?status=dead")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single();
        Assert.Equal(("webhook", "booking.expired", "status_500"), (dead.GetProperty("channel").GetString(), dead.GetProperty("kind").GetString(), dead.GetProperty("failure").GetString()));
        receiver.Answer = 200;
        Assert.Equal(1, (await admin.PostAsync($"{webhook}/send-again")).Expect(HttpStatusCode.OK)["count"].GetInt32());
        await SettledAsync();
        Assert.Equal(dead.GetProperty("id").GetString(), receiver.Calls.Last().Delivery);
        Assert.Null((await admin.GetAsync(Webhooks)).Expect(HttpStatusCode.OK).Json[0].GetProperty("failing_since").GetString());

        // Who takes nothing for days is sent nothing more, and administrators hear of it.
        receiver.Answer = 500;
        await platform.SayAsync(new BookingExpired(booking, "held", platform.Clock.GetUtcNow()));
        await SettledAsync();
        platform.Clock.Advance(TimeSpan.FromDays(3));
        await platform.SayAsync(new BookingExpired(booking, "held", platform.Clock.GetUtcNow()));
        await SettledAsync();
        Assert.Equal("failing", (await admin.GetAsync(Webhooks)).Expect(HttpStatusCode.OK).Json[0].GetProperty("disabled_reason").GetString());
        Assert.Equal(["webhook_disabled"], await admin.ToldKindsAsync());
        var before = receiver.Calls.Count;
        receiver.Answer = 200;
        await platform.SayAsync(new BookingExpired(booking, "held", platform.Clock.GetUtcNow()));
        await SettledAsync();
        Assert.Equal(before, receiver.Calls.Count);
        (await admin.PostAsync($"{webhook}/send-again")).Expect(HttpStatusCode.Conflict, "webhook-disabled");
        object enabled = new { url = receiver.Url, topics = (string[])["bookings"], enabled = true };
        Assert.Null((await admin.PutAsync(webhook, enabled)).Expect(HttpStatusCode.OK)["disabled_at"].GetString());
        Assert.Equal(2, (await admin.PostAsync($"{webhook}/send-again")).Expect(HttpStatusCode.OK)["count"].GetInt32());
        await SettledAsync();
        Assert.Equal(before + 2, receiver.Calls.Count);

        (await admin.DeleteAsync(webhook)).Expect(HttpStatusCode.NoContent);
        (await admin.DeleteAsync(webhook)).Expect(HttpStatusCode.NotFound, "webhook-not-found");
        await platform.SayAsync(new BookingExpired(booking, "held", platform.Clock.GetUtcNow()));
        await SettledAsync();
        Assert.Equal(before + 2, receiver.Calls.Count);
        Assert.DoesNotContain(receiver.Calls, call => call.Type == "user.password_reset_requested");

        Task SettledAsync() => Eventually.TrueAsync(
            async () => (await platform.QueryAsync<long>("notifications", "select count(*) from deliveries where status = 'waiting' and channel = 'webhook'")).Single() == 0,
            "a webhook is neither taken nor given up");
        async Task<List<string>> AttemptsAsync() =>
            [.. (await admin.GetAsync($"{webhook}/attempts")).Expect(HttpStatusCode.OK)["items"].EnumerateArray()
                .Select(attempt => $"{attempt.GetProperty("status_code")} {attempt.GetProperty("failure").GetString()}")];
    }

    [Theory, InBothShapes]
    public async Task What_is_in_the_house_is_told_nothing_whatever_its_name_says_later(Shape shape)
    {
        using var house = new TcpListener(IPAddress.Loopback, 0);
        house.Start();
        await using var platform = await RunningPlatform.StartAsync(shape, new(BookingSteps.ByHand) { ["Modules:Notifications:Attempts"] = "1" });
        var (admin, anna) = (await platform.AdminAsync(), await platform.ReachableAsync());
        foreach (var url in (string[])["https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/latest", "https://2130706433/"])
        {
            (await admin.PostAsync(Webhooks, Telling(url))).Expect(HttpStatusCode.UnprocessableEntity, "address-not-public");
        }

        foreach (var url in (string[])["http://192.0.43.7/", "ftp://192.0.43.7/", "https://portico:secret@192.0.43.7/", "example.org", "https://192.0.43.7/#part"])
        {
            (await admin.PostAsync(Webhooks, Telling(url))).Expect(HttpStatusCode.BadRequest, "invalid");
        }

        // A name that was good when it was given, and now leads here.
        var added = (await admin.PostAsync(Webhooks, Telling("https://192.0.43.7/hook"))).Expect(HttpStatusCode.Created);
        await platform.ExecuteAsync("notifications", "update webhook_endpoints set url = @url", new { url = $"https://localhost:{((IPEndPoint)house.LocalEndpoint).Port}/hook" });
        await platform.SayAsync(new BookingConfirmed(platform.BookingOf(anna), "staff", null, platform.Clock.GetUtcNow()));
        await platform.DeliveredAsync();
        Assert.Equal(
            "address_refused",
            (await admin.GetAsync($"{Webhooks}/{added["webhook"].GetProperty("id").GetGuid()}/attempts")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single()
                .GetProperty("failure").GetString());
        Assert.False(house.Pending());

        static object Telling(string url) => new { url, topics = (string[])["bookings"] };
    }
}
