using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Calendars;

public sealed class MyCalendarTests
{
    private const string Note = "Bring; a, b: \"c\" and d\\e\n\nZweite Zeile\twith 東京 and 👩‍👩‍👧‍👦 ";
    private static readonly string LongName = $"Räume, Säle; und {string.Concat(Enumerable.Repeat("è😀", 20))}";

    [Theory, InBothShapes]
    public async Task A_program_of_others_reads_what_was_booked(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var start = platform.Wednesday(6);
        platform.Clock.MoveTo(start);
        var (admin, anna, other) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var place = await admin.AddOpenPlaceAsync("Isola, Nord; Est", "Via Gaetano de Castillia 24\\26, Südseite des Gebäudes im ersten Hinterhof", "Milano");
        var (room, office) = (await admin.AddSpaceAsync(place, name: "Quiet room, 2nd; \"left\""), await admin.AddSpaceAsync(place, name: LongName));
        var asked = await admin.AddSpaceAsync(place, settings: new { needs_approval = true });
        var priced = await admin.AddSpaceAsync(place, settings: new { prices = new { hourly = 10 } });
        // Before anything: the feed is a calendar, if an empty one.
        var (_, url) = await anna.AddCalendarAsync();
        Assert.Empty((await platform.ReadCalendarAsync(url)).Events);

        var lapsed = await anna.BookAsync(room, start.AddHours(30), 1);
        var left = await anna.BookAndConfirmAsync(office, start, 2);
        (await admin.PostAsync($"/api/bookings/{left}/check-in")).Expect(HttpStatusCode.OK);
        platform.Clock.Advance(TimeSpan.FromMinutes(20));
        (await anna.PostAsync($"/api/bookings/{left}/check-out")).Expect(HttpStatusCode.OK);
        var held = await anna.BookAsync(room, start.AddHours(4), 1.5);
        var noted = await anna.BookAndConfirmAsync(office, start.AddHours(5), 0.5, Note + new string('ß', 300) + "!");
        var moved = await anna.BookAndConfirmAsync(room, start.AddHours(8), 1);
        (await anna.PatchAsync($"/api/bookings/{moved}", new { starts_at = start.AddHours(9), ends_at = start.AddHours(11) })).Expect(HttpStatusCode.OK);
        var cancelled = await anna.BookAndConfirmAsync(room, start.AddHours(13), 1);
        (await anna.PostAsync($"/api/bookings/{cancelled}/cancel")).Expect(HttpStatusCode.OK);
        var (pending, unpaid) = (await anna.BookAndConfirmAsync(asked, start.AddHours(6), 1), await anna.BookAndConfirmAsync(priced, start.AddHours(6.5), 1));
        await other.BookAndConfirmAsync(room, start.AddHours(20), 1);

        var answer = await platform.FetchAsync(url);
        Assert.Equal("no-cache, private", answer.Headers.CacheControl!.ToString());
        var read = await CalendarReader.ReadAsync(answer);
        Assert.Equal(("2.0", "Portico", "Europe/Rome"), (read.Version, read.Name, read.TimeZone));
        Dictionary<Guid, string> expected = new()
        {
            [lapsed] = "CANCELLED", [left] = "CONFIRMED", [held] = "TENTATIVE", [noted] = "CONFIRMED", [moved] = "CONFIRMED", [cancelled] = "CANCELLED", [pending] = "TENTATIVE",
            [unpaid] = "TENTATIVE",
        };
        Assert.Equal(expected.Keys.Select(id => $"{id}@portico").Order(), read.Events.Select(occasion => occasion.Uid).Order());
        Assert.Equal(read.Events.OrderBy(occasion => occasion.Start).Select(occasion => occasion.Uid), read.Events.Select(occasion => occasion.Uid));
        foreach (var row in await platform.QueryAsync<Row>("bookings", Row.Sql, new { ids = expected.Keys.ToArray() }))
        {
            // What lapsed may have been written down meanwhile, or not: that is not to be seen.
            var (version, changed) = row.Id == lapsed ? (1, row.CreatedAt.AddMinutes(15)) : (row.Version, row.ChangedAt);
            var end = row.Id == left ? row.EndedAt!.Value : row.EndsAt;
            var reference = $"Booking {row.Id.ToString("N")[^8..].ToUpperInvariant()}";
            var seen = read.Events.Single(occasion => occasion.Uid == $"{row.Id}@portico");
            Assert.Equal((Second(row.StartsAt), Second(end), expected[row.Id], version), (seen.Start, seen.End, seen.Status, seen.Sequence));
            Assert.Equal(seen.Stamp, seen.Modified);
            Assert.InRange(seen.Modified, Second(changed), Second(changed) + (row.Id == lapsed ? TimeSpan.FromHours(1) : TimeSpan.Zero));
            Assert.Equal(row.Space, seen.Summary);
            Assert.Equal($"{row.Space}, Isola, Nord; Est, Via Gaetano de Castillia 24\\26, Südseite des Gebäudes im ersten Hinterhof, Milano", seen.Location);
            Assert.Equal(row.Note is null ? reference : $"{reference}\n{row.Note}", seen.Description);
        }

        Assert.Equal((2, 0), (read.Events.Single(occasion => occasion.Uid == $"{moved}@portico").Sequence, read.Events.Single(occasion => occasion.Uid == $"{held}@portico").Sequence));

        // One booking alone says the same, to its owner and to staff.
        foreach (var person in new[] { anna, admin })
        {
            var one = await person.GetAsync($"/api/bookings/{noted}/ics");
            Assert.Equal(read.Events.Single(occasion => occasion.Uid == $"{noted}@portico"), Assert.Single((await CalendarReader.ReadAsync(one)).Events));
            Assert.Equal($"booking-{noted.ToString("N")[^8..].ToUpperInvariant()}.ics", one.ContentHeaders.ContentDisposition!.FileName);
        }

        (await other.GetAsync($"/api/bookings/{noted}/ics")).Expect(HttpStatusCode.NotFound, "booking-not-found");
    }

    [Theory, InBothShapes]
    public async Task What_has_not_changed_is_not_sent_again(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        // The web server takes no If-Modified-Since of a future, and looks for that at its own clock.
        platform.Clock.Advance(TimeSpan.FromDays(-60));
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var place = await admin.AddOpenPlaceAsync("Isola");
        var room = await admin.AddSpaceAsync(place);
        var booking = await anna.BookAndConfirmAsync(room, platform.Wednesday(9), 1);
        var (_, url) = await anna.AddCalendarAsync();
        var seen = (Tag: "", Date: "");

        async Task ChangedAsync()
        {
            foreach (var header in seen.Tag.Length == 0 ? [] : new[] { ("If-None-Match", seen.Tag), ("If-Modified-Since", seen.Date) })
            {
                (await platform.FetchAsync(url, header)).Expect(HttpStatusCode.OK);
            }

            var answer = (await platform.FetchAsync(url)).Expect(HttpStatusCode.OK);
            var now = (Tag: answer.Headers.ETag!.ToString(), Date: answer.ContentHeaders.LastModified!.Value.ToString("r"));
            Assert.NotEqual(seen.Tag, now.Tag);
            Assert.NotEqual(seen.Date, now.Date);
            seen = now;
            foreach (var header in new[] { ("If-None-Match", seen.Tag), ("If-Modified-Since", seen.Date), ("If-None-Match", $"\"other\", {seen.Tag}") })
            {
                var same = (await platform.FetchAsync(url, header)).Expect(HttpStatusCode.NotModified);
                Assert.Empty(same.Bytes);
                Assert.Equal((seen.Tag, "no-cache, private"), (same.Headers.ETag!.ToString(), same.Headers.CacheControl!.ToString()));
            }

            (await platform.FetchAsync(url, ("If-None-Match", "\"other\""), ("If-Modified-Since", seen.Date))).Expect(HttpStatusCode.OK);
        }

        await ChangedAsync();
        // Minutes go by, nothing happens: the same.
        platform.Clock.Advance(TimeSpan.FromMinutes(3));
        (await platform.FetchAsync(url, ("If-None-Match", seen.Tag))).Expect(HttpStatusCode.NotModified);
        // Changes within one second are told apart as well.
        (await anna.PatchAsync($"/api/bookings/{booking}", new { note = "Another" })).Expect(HttpStatusCode.OK);
        await ChangedAsync();
        (await admin.PatchAsync($"/api/bookings/locations/{place}", new { name = "Isola Nord" })).Expect(HttpStatusCode.OK);
        await ChangedAsync();
        (await anna.PostAsync($"/api/bookings/{booking}/cancel")).Expect(HttpStatusCode.OK);
        await ChangedAsync();
        // And what only time changes.
        platform.Clock.Advance(TimeSpan.FromDays(31));
        await ChangedAsync();
        Assert.Empty((await platform.ReadCalendarAsync(url)).Events);
    }

    [Fact]
    public async Task A_calendar_reaches_60_days_back_and_400_ahead_and_never_gets_longer_than_2000()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (admin, anna, berta) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var room = await admin.AddSpaceAsync(await platform.AddPlaceAsync());
        var now = platform.Clock.GetUtcNow();
        var (annas, bertas) = ((await anna.AddCalendarAsync()).Url, (await berta.AddCalendarAsync()).Url);
        await platform.WriteBookingsAsync(
            room, anna, "completed", [now.AddDays(-61), now.AddDays(-59), now.AddDays(399), now.AddDays(401)]);
        await platform.WriteBookingsAsync(room, anna, "cancelled", [now.AddDays(10)], changedAt: now.AddDays(-29));
        await platform.WriteBookingsAsync(room, anna, "no_show", [now.AddDays(11)], changedAt: now.AddDays(-31));
        await platform.WriteBookingsAsync(room, berta, "confirmed", [.. Enumerable.Range(0, 2500).Select(number => now.AddDays(-50).AddHours(4 * number))]);

        Assert.Equal([-59, 10, 399], (await platform.ReadCalendarAsync(annas)).Events.Select(occasion => (int)Math.Round((occasion.Start - now).TotalDays)));
        var many = (await platform.ReadCalendarAsync(bertas)).Events;
        Assert.Equal(2000, many.Count);
        // The nearest: as far ahead as there are enough, and everything of the days that are over.
        Assert.Equal(-50, (int)Math.Round((many[0].Start - now).TotalDays));
    }

    private static DateTimeOffset Second(DateTimeOffset instant) => new(instant.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private sealed record Row(
        Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset? EndedAt, int Version, string? Note, DateTimeOffset CreatedAt,
        DateTimeOffset ChangedAt, string Space)
    {
        public const string Sql =
            """
            select bookings.id, starts_at, ends_at, ended_at, version, note, bookings.created_at,
                   (select max(at) from floor_changes where booking_id = bookings.id) as changed_at, spaces.name as space
            from bookings join spaces on spaces.id = space_id where bookings.id = any(@ids)
            """;
    }
}
