using System.Net.Http.Headers;
using System.Net.Http.Json;
using Portico.Bench.Servers;

namespace Portico.Bench.Load;

/// <summary>A room that is open day and night, and somebody who books it, half an hour after the other.</summary>
internal sealed class OpenRoom : IDisposable
{
    private readonly HttpClient member;
    private readonly Guid room;
    private DateTimeOffset next;

    private OpenRoom(HttpClient member, Guid room, DateTimeOffset first) => (this.member, this.room, next) = (member, room, first);

    public static async Task<OpenRoom> AddAsync(Workbench workbench, Uri server, CancellationToken cancellationToken)
    {
        var (member, location, room) = (Identities.NewId(), Identities.NewId(), Identities.NewId());
        await workbench.Database.ExecuteAsync(
            "portico_bookings",
            """
            insert into people (id, username, role) values (@member, 'bench-' || @member, 'member');
            insert into locations (id, name, time_zone, created_at, opening_hours)
            select @location, 'Bench ' || @location, 'Etc/UTC', now(), jsonb_agg(jsonb_build_object('day', day, 'opens', '00:00', 'closes', '24:00'))
            from unnest('{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'::text[]) as day;
            insert into spaces (id, location_id, kind, name, capacity, check_in_code, created_at)
            values (@room, @location, 'room', 'Bench', 8, @room::text, now());
            select write_space_units(@location)
            """, new { member, location, room }, cancellationToken);
        var client = new HttpClient { BaseAddress = server };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", workbench.Identities.Member(member));
        return new(client, room, new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(1));
    }

    public async Task HoldNextAsync(CancellationToken cancellationToken)
    {
        var from = next;
        next = from.AddMinutes(30);
        using var answer = await member.PostAsJsonAsync("/api/bookings", new { space_id = room, starts_at = from, ends_at = next }, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The hold was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    public void Dispose() => member.Dispose();
}
