using System.Text.RegularExpressions;
using Portico.Contracts.Bookings;
using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Payments;

namespace Portico.Tests.Behaviour.Notifications;

/// <summary>Facts become mails, each once.</summary>
public sealed partial class MailTests
{
    [Theory, InBothShapes]
    public async Task Mails_come_in_ones_language_with_the_calendar_and_nothing_that_members_write_gets_out_of_its_place(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var anna = await platform.ReachableAsync();
        object[] off = [new { kind = "booking_expired", email = false, in_app = false }];
        (await anna.PutAsync("/api/notifications/preferences", new { language = "it", kinds = off })).Expect(HttpStatusCode.OK);
        (await anna.PutAsync("/api/notifications/preferences", new { kinds = (object[])[new { kind = "password_reset", email = false }] }))
            .Expect(HttpStatusCode.UnprocessableEntity, "notification-required");
        var booking = platform.BookingOf(anna, "<b>Sala</b>\r\nBcc: other@example.org");
        await platform.SayAsync(new BookingConfirmed(booking, "staff", null, platform.Clock.GetUtcNow()));
        await platform.SayAsync(new BookingExpired(platform.BookingOf(anna), "held", platform.Clock.GetUtcNow()));
        (await anna.PostAsync("/api/auth/password/forgot", new { username = anna.Username })).Expect(HttpStatusCode.Accepted);
        await platform.AllToldAsync("auth");
        await platform.DeliveredAsync();

        var mails = await platform.KeptMailsAsync();
        Assert.Equal(2, mails.Count);
        var confirmed = Assert.Single(mails, mail => mail.Attached.Count > 0);
        Assert.StartsWith("La tua prenotazione è confermata: <b>Sala</b>", confirmed.Subject, StringComparison.Ordinal);
        Assert.Null(confirmed.Bcc);
        Assert.Contains($"{anna.Username}@example.org", confirmed.To, StringComparison.Ordinal);
        // Half past ten in Rome is an hour later than in Greenwich.
        Assert.Contains("ven 15 gen 2027, 10:00–11:30", confirmed.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Sala&lt;/b&gt;", confirmed.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", confirmed.Html, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20270115T090000Z", confirmed.Calendar, StringComparison.Ordinal);
        Assert.Contains($"UID:{booking.BookingId}@portico", confirmed.Calendar, StringComparison.Ordinal);

        var token = Token.Match(Assert.Single(mails, mail => mail != confirmed).Text).Groups["token"].Value;
        platform.Logs.Secret(token);
        (await platform.Somebody().PostAsync("/api/auth/password/reset", new { token, new_password = "another good password" })).Expect(HttpStatusCode.NoContent);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(Path.Combine(platform.DataFolder, "mail"))[0]));

        // What was sent is forgotten, the seal of a link too.
        Assert.Empty(await platform.QueryAsync<string>("notifications", "select payload from deliveries where payload is not null"));

        // Nobody is told anything who is not there any more.
        var admin = await platform.AdminAsync();
        await platform.SayAsync(new BookingHeld(platform.BookingOf(anna), platform.Clock.GetUtcNow().AddHours(1), false, platform.Clock.GetUtcNow()));
        (await admin.DeleteAsync($"/api/auth/admin/users/{anna.Id}")).Expect(HttpStatusCode.NoContent);
        await platform.AllToldAsync("auth");
        Assert.Equal(0, (await platform.QueryAsync<int>("notifications", "select count(*)::int from notifications where member_id = @Id", new { anna.Id })).Single());
        Assert.Equal(
            0, (await platform.QueryAsync<int>("notifications", "select count(*)::int from deliveries where member_id = @Id and (payload is not null or status = 'waiting')", new { anna.Id })).Single());
        Assert.Equal(["deleted "], await platform.QueryAsync<string>("notifications", "select username || ' ' || coalesce(email, '') || coalesce(name, '') from people where id = @Id", new { anna.Id }));
    }

    [Theory, InBothShapes]
    public async Task Who_holds_is_told_before_it_lapses_and_not_when_it_is_pointless(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var anna = await platform.ReachableAsync();
        var bruno = await platform.ReachableAsync();
        var carla = await platform.ReachableAsync();
        var now = platform.Clock.GetUtcNow();
        var (kept, confirmed) = (platform.BookingOf(anna), platform.BookingOf(bruno));
        await platform.SayAsync(new BookingHeld(kept, now.AddMinutes(15), false, now));
        await platform.SayAsync(new BookingHeld(confirmed, now.AddMinutes(15), false, now));
        await platform.SayAsync(new BookingConfirmed(confirmed, "zero_price", null, now));
        await platform.DeliveredAsync();
        Assert.Empty(await anna.ToldKindsAsync());

        platform.Clock.Advance(TimeSpan.FromMinutes(10) + BookingSteps.Moment);
        await Eventually.TrueAsync(async () => (await anna.ToldKindsAsync()).SequenceEqual(["hold_expiring"]), "it is not told that a hold lapses");
        await platform.DeliveredAsync();
        Assert.Equal(["booking_confirmed"], await bruno.ToldKindsAsync());
        Assert.Equal(["email booking_confirmed sent", "email hold_expiring dropped", "in_app hold_expiring dropped"], await platform.DeliveriesAsync(bruno));

        // What was to be told and nobody could, is not told when it is over.
        await platform.SayAsync(new BookingReminder(platform.BookingOf(carla) with { StartsAt = platform.Clock.GetUtcNow().AddMinutes(-1) }, now));
        await platform.DeliveredAsync();
        Assert.Equal(["email booking_reminder dropped"], await platform.DeliveriesAsync(carla));
        Assert.Equal(2, (await platform.KeptMailsAsync()).Count);
    }

    [Theory, InBothShapes]
    public async Task What_no_server_takes_is_given_up_shown_to_admins_and_sent_again_once(Shape shape)
    {
        await using var server = new MailServer();
        Dictionary<string, string?> settings = new(server.Settings.Concat(BookingSteps.ByHand))
        {
            ["Modules:Notifications:Attempts"] = "2",
            ["Modules:Notifications:RetryAfter"] = "00:00:00.1",
        };
        await using var platform = await RunningPlatform.StartAsync(shape, settings);
        var anna = await platform.ReachableAsync();
        var admin = await platform.AdminAsync();
        await platform.SayAsync(new BookingConfirmed(platform.BookingOf(anna), "staff", null, platform.Clock.GetUtcNow()));
        await Eventually.TrueAsync(async () => (await DeadAsync(admin)).Length == 1, "the mail is not given up");
        var dead = (await DeadAsync(admin)).Single();
        var again = $"{NotificationSteps.Deliveries}/{dead}/send-again";
        (await anna.GetAsync(NotificationSteps.Deliveries)).Expect(HttpStatusCode.Forbidden);
        (await anna.PostAsync(again)).Expect(HttpStatusCode.Forbidden);

        await server.StartAsync();
        (await admin.PostAsync(again)).Expect(HttpStatusCode.OK).Text("status");
        await Eventually.TrueAsync(() => Task.FromResult(server.Count == 1), "the mail does not come");
        await platform.DeliveredAsync();
        var mail = Assert.Single(await server.MailsAsync());
        Assert.Equal($"<{dead:N}@localhost>", mail.MessageId);
        (await admin.PostAsync(again)).Expect(HttpStatusCode.Conflict, "delivery-not-dead");
        (await admin.PostAsync($"{NotificationSteps.Deliveries}/{Guid.CreateVersion7()}/send-again")).Expect(HttpStatusCode.NotFound, "delivery-not-found");
        var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(
            () => platform.ExecuteAsync("notifications", "update deliveries set status = 'waiting', settled_at = null where id = @dead", new { dead }));
        Assert.Equal("deliveries_settle_once", refusal.ConstraintName);
    }

    [Fact]
    public async Task What_is_paid_and_given_back_is_told_with_its_document()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule);
        var (admin, anna) = (await platform.AdminAsync(), await platform.ReachableAsync());
        await platform.AllToldAsync("auth");
        await anna.OwesAsync(10.05m);
        var payment = await anna.PaidByCardAsync();
        (await admin.RefundAsync(anna, payment, 4)).Expect(HttpStatusCode.Created);
        await anna.RefundsComeToAsync(payment, "succeeded");
        await platform.AllToldAsync("payments");
        await platform.DeliveredAsync();

        Assert.Equal(["receipt", "receipt", "refund"], (await anna.ToldKindsAsync()).Order(StringComparer.Ordinal));
        var mails = await platform.KeptMailsAsync();
        var receipt = Assert.Single(mails, mail => mail.Subject.StartsWith("Receipt R-", StringComparison.Ordinal));
        Assert.Contains("over 10.05 EUR", receipt.Text, StringComparison.Ordinal);
        Assert.Equal([$"%PDF- {receipt.Subject["Receipt ".Length..]}.pdf"], receipt.Attached.Select(file => $"{receipt.Pdf} {file}"));
        Assert.Equal("%PDF-", Assert.Single(mails, mail => mail.Subject.StartsWith("Credit note ", StringComparison.Ordinal)).Pdf);
        Assert.Equal("4.00 EUR went back to you", Assert.Single(mails, mail => mail.Attached.Count == 0).Subject);
    }

    [Fact]
    public async Task Two_processes_send_each_mail_once()
    {
        await using var server = await MailServer.StartedAsync();
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, new(server.Settings.Concat(BookingSteps.ByHand)));
        await platform.StartAnotherAsync("notifications");
        var anna = await platform.ReachableAsync();
        for (var nth = 0; nth < 100; nth++)
        {
            await platform.SayAsync(new BookingConfirmed(platform.BookingOf(anna), "staff", null, platform.Clock.GetUtcNow()));
        }

        await platform.DeliveredAsync();
        var mails = await server.MailsAsync();
        Assert.Equal((100, 100), (mails.Count, mails.DistinctBy(mail => mail.MessageId).Count()));
        Assert.Equal(100, (await anna.NotificationsAsync("?limit=200")).Count);
    }

    private static async Task<Guid[]> DeadAsync(Person admin) =>
        [.. (await admin.GetAsync($"{NotificationSteps.Deliveries}?status=dead")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Select(one => one.GetProperty("id").GetGuid())];

    [GeneratedRegex(@"#token=(?<token>[\w-]+)")]
    private static partial Regex Token { get; }
}
