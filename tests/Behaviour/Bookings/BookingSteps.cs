using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portico.Bookings;
using Portico.Contracts.Payments;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>What people do with a booking, and what happens to it by the clock or by a payment.</summary>
internal static class BookingSteps
{
    public static readonly TimeSpan HoldFor = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan PayWithin = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan OfferFor = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Nothing happens by the clock but what a test runs, and people stay signed in while it moves.</summary>
    public static Dictionary<string, string?> ByHand => new() { ["Schedules:Enabled"] = "false", ["Tokens:Lifetime"] = "7.00:00:00" };

    /// <summary>A location that never closes.</summary>
    public static async Task<Guid> AddOpenPlaceAsync(this RunningPlatform platform)
    {
        var id = await platform.AddPlaceAsync();
        var hours = JsonSerializer.Serialize(
            ((string[])["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]).Select(day => new { day, opens = "00:00", closes = "24:00" }));
        await platform.ExecuteAsync("bookings", "update locations set opening_hours = @hours::jsonb where id = @id", new { id, hours });
        return id;
    }

    /// <summary>So many hours after the full hour that comes next but one: far enough for every hold to lapse before it.</summary>
    public static DateTimeOffset Hour(this RunningPlatform platform, double hours = 0)
    {
        var now = platform.Clock.GetUtcNow();
        return new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(2 + hours);
    }

    /// <summary>An hour, held.</summary>
    public static async Task<Answer> HeldAsync(this Person person, Guid space, DateTimeOffset from, double hours = 1) =>
        (await person.HoldAsync(space, from, from.AddHours(hours))).Expect(HttpStatusCode.Created);

    /// <summary>Held and confirmed: it stands, or waits for approval or payment.</summary>
    public static async Task<Answer> BookedAsync(this Person person, Guid space, DateTimeOffset from, double hours = 1) =>
        (await person.ConfirmAsync((await person.HeldAsync(space, from, hours)).Id)).Expect(HttpStatusCode.OK);

    public static Task<Answer> ExtendAsync(this Person person, Guid booking) => person.PostAsync($"/api/bookings/{booking}/extend");

    public static Task<Answer> ConfirmAsync(this Person person, Guid booking, string? reason = null) =>
        person.PostAsync($"/api/bookings/{booking}/confirm", reason is null ? null : new { reason });

    public static Task<Answer> ApproveAsync(this Person staff, Guid booking) => staff.PostAsync($"/api/bookings/{booking}/approve");

    public static Task<Answer> RejectAsync(this Person staff, Guid booking, string reason) => staff.PostAsync($"/api/bookings/{booking}/reject", new { reason });

    public static Task<Answer> CancelAsync(this Person person, Guid booking, string? reason = null) =>
        person.PostAsync($"/api/bookings/{booking}/cancel", reason is null ? null : new { reason });

    public static Task<Answer> CheckInAsync(this Person staff, Guid booking) => staff.PostAsync($"/api/bookings/{booking}/check-in");

    public static Task<Answer> CheckOutAsync(this Person person, Guid booking) => person.PostAsync($"/api/bookings/{booking}/check-out");

    public static Task<Answer> ChangeAsync(this Person person, Guid booking, object changes) => person.PatchAsync($"/api/bookings/{booking}", changes);

    /// <summary>What a change would cost.</summary>
    public static Task<Answer> PreviewAsync(this Person person, Guid booking, object changes) => person.PostAsync($"/api/bookings/{booking}/price", changes);

    public static async Task<Answer> ShownAsync(this Person person, Guid booking) => (await person.GetAsync($"/api/bookings/{booking}")).Expect(HttpStatusCode.OK);

    public static async Task<string> StatusAsync(this Person person, Guid booking) => (await person.ShownAsync(booking)).Text("status");

    /// <summary>What happened to it: the acts, in order.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ChangesAsync(this Person person, Guid booking) =>
        [.. (await person.GetAsync($"/api/bookings/{booking}/changes")).Expect(HttpStatusCode.OK).Json.EnumerateArray()];

    public static Answer ExpectStatus(this Answer answer, string status) =>
        answer.Expect(HttpStatusCode.OK).Text("status") == status ? answer : throw new InvalidOperationException($"Expected {status}, got {answer}");

    public static string[] Reasons(this Answer answer) =>
        [.. answer["reasons"].EnumerateArray().Select(reason => reason.GetProperty("reason").GetString()!)];

    /// <summary>Something that can be had with bookings of the location; <paramref name="stock"/> at a time.</summary>
    public static async Task<Guid> AddServiceAsync(this RunningPlatform platform, Guid location, decimal price, int? stock = null)
    {
        var id = Guid.CreateVersion7();
        await platform.ExecuteAsync(
            "bookings", "insert into amenities (id, location_id, name, unit_price, stock) values (@id, @location, @id::text, @price, @stock)", new { id, location, price, stock });
        return id;
    }

    /// <summary>The payment for all that is owed, as Payments would tell of it.</summary>
    public static PaymentSucceeded PaymentFor(this RunningPlatform platform, Answer booking, decimal? amount = null, string currency = "EUR") => new(
        Guid.CreateVersion7(), booking.Id, booking["member_id"].GetGuid(), amount ?? booking["owed"].GetDecimal(), currency, platform.Clock.GetUtcNow());

    /// <summary>Everything owed is paid, and Bookings has heard of it.</summary>
    public static Task PayAsync(this RunningPlatform platform, Answer booking, decimal? amount = null, string currency = "EUR") =>
        platform.SayAsync(platform.PaymentFor(booking, amount, currency));

    public static Task FailPaymentAsync(this RunningPlatform platform, Answer booking) => platform.SayAsync(
        new PaymentFailed(Guid.CreateVersion7(), booking.Id, booking["member_id"].GetGuid(), "card refused", platform.Clock.GetUtcNow()));

    /// <summary>Runs a job of Bookings now, as its schedule would.</summary>
    public static async Task RunJobAsync<TJob>(this RunningPlatform platform)
        where TJob : IScheduledJob
    {
        await using var scope = platform.Hosting<BookingsModule>().CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TJob>().RunAsync(CancellationToken.None);
    }

    /// <summary>The process of a module; the first where there are several.</summary>
    public static IServiceProvider Hosting<TModule>(this RunningPlatform platform) =>
        platform.Apps.First(app => app.Services.GetService<ModuleDataSource<TModule>>() is not null).Services;
}
