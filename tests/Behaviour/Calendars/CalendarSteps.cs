using System.Text.Json.Nodes;

namespace Portico.Tests.Behaviour.Calendars;

/// <summary>What people and their calendar programs do.</summary>
internal static class CalendarSteps
{
    public const string Calendars = "/api/bookings/calendars";

    /// <summary>The address of a calendar: my own bookings, or a space's.</summary>
    public static async Task<(Guid Id, string Url)> AddCalendarAsync(this Person person, Guid? space = null)
    {
        var added = (await person.PostAsync(Calendars, new { space_id = space })).Expect(HttpStatusCode.Created);
        var url = added.Text("url");
        person.Platform.Logs.Secret(TokenOf(url));
        return (added.Id, url);
    }

    public static string TokenOf(string url) => url.Split('/')[^1].Split('.')[0];

    /// <summary>A program that knows the address and nothing else.</summary>
    public static Task<Answer> FetchAsync(this RunningPlatform platform, string url, params (string Name, string Value)[] headers)
    {
        var program = platform.Somebody();
        foreach (var (name, value) in headers)
        {
            program.Headers[name] = value;
        }

        return program.GetAsync(url);
    }

    public static async Task<ReadCalendar> ReadCalendarAsync(this RunningPlatform platform, string url) =>
        await CalendarReader.ReadAsync(await platform.FetchAsync(url));

    public static async Task<Guid> BookAsync(this Person person, Guid space, DateTimeOffset from, double hours, string? note = null)
    {
        JsonObject wish = new() { ["space_id"] = space, ["starts_at"] = from, ["ends_at"] = from.AddHours(hours), ["note"] = note };
        return (await person.PostAsync("/api/bookings", wish)).Expect(HttpStatusCode.Created).Id;
    }

    public static async Task<Guid> BookAndConfirmAsync(this Person person, Guid space, DateTimeOffset from, double hours, string? note = null)
    {
        var id = await person.BookAsync(space, from, hours, note);
        (await person.PostAsync($"/api/bookings/{id}/confirm")).Expect(HttpStatusCode.OK);
        return id;
    }

    /// <summary>A location that is always open.</summary>
    public static async Task<Guid> AddOpenPlaceAsync(this Person admin, string name, string? address = null, string? city = null)
    {
        string[] week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        var id = (await admin.PostAsync("/api/bookings/locations", new
        {
            name, address, city, time_zone = "Europe/Rome", opening_hours = week.Select(day => new { day, opens = "00:00", closes = "24:00" }),
        })).Expect(HttpStatusCode.Created).Id;
        await admin.Platform.ToldAsync("bookings", id);
        return id;
    }

    /// <summary>Bookings of an hour as history left them, written without the way there.</summary>
    public static Task WriteBookingsAsync(
        this RunningPlatform platform, Guid space, Person member, string status, DateTimeOffset[] starts, DateTimeOffset? changedAt = null) =>
        platform.ExecuteAsync(
            "bookings",
            """
            alter table bookings disable trigger bookings_begin_held;
            with written as (
                insert into bookings (id, space_id, location_id, member_id, starts_at, ends_at, status, people, quote, total, currency, cancellation, kept, created_at)
                select gen_random_uuid(), id, location_id, @Id, start, start + interval '1 hour', @status, 1, '{}', 0, 'EUR', '{}',
                       case @status when 'cancelled' then 0 end, @at
                from spaces cross join unnest(@starts) as start where id = @space
                returning *)
            insert into floor_changes (at, location_id, space_id, booking_id, act, from_status, to_status, starts_at, ends_at)
            select @at, location_id, space_id, id, 'hold', null, status, starts_at, ends_at from written;
            alter table bookings enable trigger bookings_begin_held;
            """,
            new
            {
                space, member.Id, status, starts = starts.Select(start => start.UtcDateTime).ToArray(), at = changedAt ?? platform.Clock.GetUtcNow(),
            });

    /// <summary>A block as staff make them, and lift them.</summary>
    public static async Task<Guid> BlockAsync(this RunningPlatform platform, Guid space, DateTimeOffset from, double hours, DateTimeOffset? liftedAt = null) =>
        (await platform.QueryAsync<Guid>(
            "bookings",
            """
            insert into blocks (id, space_id, location_id, starts_at, ends_at, reason, created_by, created_at, lifted_at)
            select gen_random_uuid(), id, location_id, @from, @until, 'Paint for Berta', gen_random_uuid(), @now, @liftedAt from spaces where id = @space
            returning id
            """, new { space, from, until = from.AddHours(hours), now = platform.Clock.GetUtcNow(), liftedAt })).Single();
}
