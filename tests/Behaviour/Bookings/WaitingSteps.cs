using System.Text.Json;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>What people do who want a time that somebody else has.</summary>
internal static class WaitingSteps
{
    private const string Line = "/api/bookings/waiting-list";

    public static Task<Answer> JoinAsync(this Person person, Guid space, DateTimeOffset from, double hours = 1) =>
        person.PostAsync(Line, new { space_id = space, starts_at = from, ends_at = from.AddHours(hours) });

    /// <summary>In line: the place's id.</summary>
    public static async Task<Guid> WaitAsync(this Person person, Guid space, DateTimeOffset from, double hours = 1) =>
        (await person.JoinAsync(space, from, hours)).Expect(HttpStatusCode.Created).Id;

    public static Task<Answer> LeaveAsync(this Person person, Guid entry) => person.DeleteAsync($"{Line}/{entry}");

    public static async Task<JsonElement> EntryAsync(this Person person, Guid entry) =>
        (await person.GetAsync($"{Line}?limit=200")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single(item => item.GetProperty("id").GetGuid() == entry);

    public static async Task<string> StandsAsync(this Person person, Guid entry) => (await person.EntryAsync(entry)).Word("status")!;

    /// <summary>The hold that is their turn, once they have it.</summary>
    public static async Task<Guid> OfferedAsync(this Person person, Guid entry)
    {
        await Eventually.TrueAsync(async () => await person.StandsAsync(entry) == "offered", $"{person.Username} is not offered what came free");
        return (await person.EntryAsync(entry)).GetProperty("booking_id").GetGuid();
    }
}
