using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>What people do to have a booking, and to come for it.</summary>
internal static class StaySteps
{
    /// <summary>Ten minutes to nine in UTC on a Wednesday: a morning in Rome, hours from any closing time.</summary>
    public static void MoveToWednesday(this RunningPlatform platform) => platform.Clock.MoveTo(platform.Wednesday(8).AddMinutes(50));

    /// <summary>Today, so many hours after midnight in UTC.</summary>
    public static DateTimeOffset Today(this RunningPlatform platform, double hours) =>
        new DateTimeOffset(platform.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddHours(hours);

    /// <summary>A location with a door and a room that is released when nobody comes for a quarter of an hour, or as settings say.</summary>
    public static async Task<Stay> RoomAsync(this Person admin, object? settings = null)
    {
        var (location, kiosk) = await admin.DoorAsync();
        return new(location, kiosk, await admin.Platform.AddSpaceAsync(location, settings: settings ?? new { release_after_minutes = 15 }));
    }

    /// <summary>A booking that stands, so many minutes from nine.</summary>
    public static async Task<Guid> BookAsync(this Person member, Guid space, int from = 0, int until = 120)
    {
        var nine = member.Platform.Today(9);
        var id = (await member.HoldAsync(space, nine.AddMinutes(from), nine.AddMinutes(until))).Expect(HttpStatusCode.Created).Id;
        Assert.Equal("confirmed", (await member.PostAsync($"/api/bookings/{id}/confirm")).Expect(HttpStatusCode.OK).Text("status"));
        return id;
    }

    public static async Task<Answer> BookingAsync(this Person member, Guid id) => (await member.GetAsync($"/api/bookings/{id}")).Expect(HttpStatusCode.OK);

    public static Task BecomesAsync(this Person member, Guid booking, string status) => Eventually.TrueAsync(
        async () => (await member.BookingAsync(booking)).Text("status") == status, $"{booking} does not become {status}");

    /// <summary>Checks in with the code that hangs at the space.</summary>
    public static async Task<Answer> CheckInAtAsync(this Person member, Guid space)
    {
        var code = (await member.Platform.QueryAsync<string>("bookings", "select check_in_code from spaces where id = @space", new { space })).Single();
        return await member.PostAsync("/api/bookings/check-in", new { code });
    }

    /// <summary>Until what Members and Bookings say of somebody has reached both, and what they answered to it.</summary>
    public static async Task SettledAsync(this Person member)
    {
        await member.Platform.ToldAsync("members", member.Id);
        await member.Platform.ToldAsync("bookings", member.Id);
        await member.Platform.ToldAsync("members", member.Id);
    }
}

/// <summary>Where somebody stays.</summary>
internal sealed record Stay(Guid Location, Person Kiosk, Guid Room);
