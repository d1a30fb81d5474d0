using System.Text.Json;
using Portico.Contracts.Bookings;

namespace Portico.Tests.Behaviour.Notifications;

/// <summary>What people are told, and what is said that they are told of.</summary>
internal static class NotificationSteps
{
    public const string Notifications = "/api/notifications";
    public const string Deliveries = "/api/notifications/admin/deliveries";

    /// <summary>Somebody with an e-mail address, whom Notifications knows.</summary>
    public static async Task<Person> ReachableAsync(this RunningPlatform platform)
    {
        var person = platform.Somebody();
        person.Username = AccountSteps.NewName();
        person.Password = AccountSteps.GoodPassword;
        var answer = (await person.RegisterAsync(person.Username, email: $"{person.Username}@example.org")).Expect(HttpStatusCode.Created);
        (person.Id, person.Token) = (answer.Id, answer.Text("token"));
        await platform.ToldAsync("auth", person.Id);
        return person;
    }

    public static BookedTime BookingOf(this RunningPlatform platform, Person member, string space = "Quiet room") => new(
        Guid.CreateVersion7(), member.Id, Guid.CreateVersion7(), Guid.CreateVersion7(), null, space,
        new(2027, 1, 15, 9, 0, 0, TimeSpan.Zero), new(2027, 1, 15, 10, 30, 0, TimeSpan.Zero), "Europe/Rome", 20, "EUR", 0);

    public static async Task<IReadOnlyList<JsonElement>> NotificationsAsync(this Person member, string query = "") =>
        [.. (await member.GetAsync($"{Notifications}{query}")).Expect(HttpStatusCode.OK)["items"].EnumerateArray()];

    public static async Task<IReadOnlyList<string>> ToldKindsAsync(this Person member) =>
        [.. (await member.NotificationsAsync()).Select(one => one.GetProperty("kind").GetString()!)];

    /// <summary>The mails that were kept as files.</summary>
    public static Task<IReadOnlyList<ReadMail>> KeptMailsAsync(this RunningPlatform platform) => MailReader.ReadAsync(Path.Combine(platform.DataFolder, "mail"));

    /// <summary>Until nothing that is due waits.</summary>
    public static Task DeliveredAsync(this RunningPlatform platform) => Eventually.TrueAsync(
        async () => (await platform.QueryAsync<long>(
            "notifications", "select count(*) from deliveries where status = 'waiting' and due_at <= @now", new { now = platform.Clock.GetUtcNow() })).Single() == 0,
        "something is not delivered");

    public static async Task<IReadOnlyList<string>> DeliveriesAsync(this RunningPlatform platform, Person member) => await platform.QueryAsync<string>(
        "notifications", "select channel || ' ' || kind || ' ' || status from deliveries where member_id = @Id order by kind, channel", new { member.Id });
}
