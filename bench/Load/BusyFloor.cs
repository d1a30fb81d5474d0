using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Portico.Bench.Load;

/// <summary>A thousand spaces with ten thousand bookings, those who look at them in every way there is, and those who book more.</summary>
internal sealed class BusyFloor : IDisposable
{
    private const int Locations = 20;
    private const int SpacesEach = 50;
    private const int BookingsEach = 10;
    private const int Members = 500;
    private const int FreeFromDay = 20;
    private readonly HttpClient client;
    private readonly string[][] bookings;
    private readonly string[] spaces;
    private readonly string[] tokens;
    private readonly DateTimeOffset midnight = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
    private int booked;

    private BusyFloor(HttpClient client, string[][] bookings, string[] tokens)
    {
        (this.client, this.bookings, this.tokens) = (client, bookings, tokens);
        spaces = [.. bookings.Select(booking => booking[1]).Distinct()];
    }

    public static async Task<BusyFloor> AddAsync(Workbench workbench, Uri server, CancellationToken cancellationToken)
    {
        await workbench.Database.ExecuteAsync(
            "portico_bookings",
            """
            insert into people (id, username, role) select gen_random_uuid(), 'busy-' || nth, 'member' from generate_series(1, @Members) as nth;
            insert into locations (id, name, time_zone, created_at, opening_hours)
            select gen_random_uuid(), 'Busy ' || nth, 'Etc/UTC', now(), hours
            from generate_series(1, @Locations) as nth, lateral (
                select jsonb_agg(jsonb_build_object('day', day, 'opens', '00:00', 'closes', '24:00')) as hours
                from unnest('{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'::text[]) as day) as week;
            insert into spaces (id, location_id, kind, name, capacity, check_in_code, created_at)
            select gen_random_uuid(), place.id, 'room', 'Busy room ' || nth, 8, gen_random_uuid()::text, now()
            from locations as place, generate_series(1, @SpacesEach) as nth where place.name like 'Busy %';
            select write_space_units(id) from locations where name like 'Busy %';
            -- Made in one stroke: how they came about is not measured.
            alter table bookings disable trigger bookings_begin_held;
            insert into bookings (id, space_id, location_id, member_id, starts_at, ends_at, status, people, quote, total, currency, cancellation, created_at)
            select gen_random_uuid(), space.id, space.location_id, member.id, start, start + interval '2 hours', 'confirmed', 2,
                   '{"lines": [], "subtotal": 0, "tax": 0, "total": 0, "currency": "EUR", "credit_hours_used": 0}', 0, 'EUR', '{"steps": []}', now()
            from (select *, row_number() over (order by id) as nth from spaces where name like 'Busy room %') as space
            cross join generate_series(1, @BookingsEach) as day
            cross join lateral (select date_trunc('day', now()) + make_interval(days => day::int, hours => 9 + (space.nth % 8)::int) as start) as time
            join (select *, row_number() over (order by id) as nth from people where username like 'busy-%') as member
              on member.nth = 1 + (space.nth * 7 + day) % @Members;
            alter table bookings enable trigger bookings_begin_held;
            insert into claims (unit_id, during, booking_id)
            select space_id, tstzrange(starts_at, ends_at), id from bookings where member_id in (select id from people where username like 'busy-%');
            analyze;
            """, new { Members, Locations, SpacesEach, BookingsEach }, cancellationToken);
        var rows = await workbench.Database.ReadAsync(
            "portico_bookings",
            "select concat_ws(' ', b.id, b.space_id, b.location_id, b.member_id) from bookings as b join people on people.id = member_id where username like 'busy-%' order by b.id",
            cancellationToken);
        var bookings = rows.Select(row => row.Split(' ')).ToArray();
        return new(new HttpClient { BaseAddress = server }, bookings, [.. bookings.Select(booking => workbench.Identities.Member(Guid.Parse(booking[3])))]);
    }

    /// <summary>Asks one of what is asked most, another each time.</summary>
    public Task LookAsync(int number, CancellationToken cancellationToken)
    {
        var (nth, from) = (number * 97 % bookings.Length, midnight.AddDays(1 + (number % 10)).AddHours(10));
        var (booking, token) = (bookings[nth], tokens[nth]);
        var during = $"from={from:yyyy-MM-ddTHH:mm:ssZ}&to={from.AddHours(2):yyyy-MM-ddTHH:mm:ssZ}";
        var path = (number % 6) switch
        {
            0 => "?limit=20",
            1 => $"/{booking[0]}",
            2 => $"/spaces?location_id={booking[2]}&limit=50",
            3 => $"/availability?{during}&location_id={booking[2]}&capacity=4&free_only=true",
            4 => $"/price?{during}&space_id={booking[1]}",
            _ => $"/spaces/{booking[1]}/contention",
        };
        return OpenLoop.GetAsync(client, new Uri(client.BaseAddress!, $"/api/bookings{path}"), token, cancellationToken);
    }

    /// <summary>Holds a slot that nobody has, and confirms it: it costs nothing.</summary>
    public async Task BookAsync(CancellationToken cancellationToken)
    {
        var turn = Interlocked.Increment(ref booked);
        var nth = turn * 97 % bookings.Length;
        // Every space once, then an hour later.
        var from = midnight.AddDays(FreeFromDay).AddHours(turn / spaces.Length);
        var id = await PostAsync("", new { space_id = spaces[turn % spaces.Length], starts_at = from, ends_at = from.AddHours(1) }, nth, cancellationToken);
        await PostAsync($"/{id}/confirm", new { }, nth, cancellationToken);
    }

    public void Dispose() => client.Dispose();

    private async Task<string?> PostAsync(string path, object body, int nth, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/bookings{path}") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[nth]);
        using var answer = await client.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()
            : throw new InvalidOperationException($"{path} was answered {(int)answer.StatusCode}: {text}");
    }
}
