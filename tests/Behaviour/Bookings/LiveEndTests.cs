using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Portico.Tests.Behaviour.Bookings;

[Trait("Category", "Proof")]
public sealed class LiveEndTests
{
    private const string Listeners = "portico_bookings_live_listeners{";
    private const string Slow = "portico_bookings_live_dropped_total{otel_scope_name=\"portico.bookings\",reason=\"slow\"}";

    private static Dictionary<string, string?> Quick => new() { ["Modules:Bookings:Live:Heartbeat"] = "00:00:00.5" };

    [Theory, InBothShapes]
    public async Task Who_logs_out_hears_no_more(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, Quick);
        var (anna, bob) = (await platform.MemberAsync(), await platform.MemberAsync());
        await using var annas = await LiveStream.OpenAsync(anna);
        await using var bobs = await LiveStream.OpenAsync(bob);
        await annas.NextAsync("hello");
        (await anna.PostAsync("/api/auth/logout")).Expect(HttpStatusCode.NoContent);
        Assert.Equal("session-ended", (await annas.NextAsync("end")).Text("code"));
        await annas.EndAsync();
        await bobs.NextAsync("hello");
        Assert.Empty(bobs.Rest());
    }

    [Theory, InBothShapes]
    public async Task A_token_that_runs_out_ends_the_stream(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, Quick);
        await using var floor = await LiveStream.OpenAsync(await platform.MemberAsync());
        await floor.NextAsync("hello");
        platform.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal("token-expired", (await floor.NextAsync("end")).Text("code"));
        await floor.EndAsync();
    }

    [Theory, InBothShapes]
    public async Task Staff_who_are_dismissed_hear_what_anybody_hears_and_a_device_that_is_taken_away_nothing(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, Quick);
        var place = await platform.AddPlaceAsync();
        var room = await platform.AddSpaceAsync(place);
        var (anna, manager, kiosk) = (await platform.MemberAsync(), await platform.ManagerAsync(), await platform.KioskAsync());
        await platform.AppointAsync(place, manager, "manager");
        await platform.AppointAsync(place, kiosk, "kiosk");
        await using var managers = await LiveStream.OpenAsync(manager);
        await using var device = await LiveStream.OpenAsync(kiosk);
        await managers.NextAsync("hello");
        await device.NextAsync("hello");
        await anna.HoldingAsync(room, platform.Wednesday(8), platform.Wednesday(9));
        Assert.NotNull((await managers.NextAsync("floor")).Text("booking_id"));
        await device.NextAsync("floor");

        await platform.ExecuteAsync("bookings", "delete from location_staff");
        Assert.Equal("location-not-found", (await device.NextAsync("end")).Text("code"));
        var seen = managers.Comments;
        await Eventually.TrueAsync(() => Task.FromResult(managers.Comments > seen + 1), "no heartbeat comes");
        await anna.HoldingAsync(room, platform.Wednesday(9), platform.Wednesday(10));
        Assert.Null((await managers.NextAsync("floor")).Text("booking_id"));
    }

    [Theory, InBothShapes]
    public async Task Who_goes_is_gone_at_once(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        await using (var floor = await LiveStream.OpenAsync(await platform.MemberAsync()))
        {
            await floor.NextAsync("hello");
            Assert.Equal(1, await platform.FigureAsync(Listeners));
        }

        await Eventually.TrueAsync(async () => await platform.FigureAsync(Listeners) == 0, "the listener is not gone", TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(platform.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory, InBothShapes]
    public async Task Who_does_not_read_is_dropped_and_the_others_are_not(Shape shape)
    {
        const int Changes = 20_000;
        await using var platform = await RunningPlatform.StartAsync(
            shape,
            new()
            {
                ["Modules:Bookings:Live:SlowAfter"] = "00:00:01", ["Modules:Bookings:Live:Heartbeat"] = "00:00:01", ["Modules:Bookings:Live:Kept"] = "50000",
                ["Gateway:ForwardTimeout"] = "00:00:03",
            });
        var (anna, room) = (await platform.MemberAsync(), await platform.AddSpaceAsync(await platform.AddPlaceAsync()));
        var booking = await anna.HoldingAsync(room, platform.Wednesday(8), platform.Wednesday(9));
        await platform.NumberedAsync();
        await using var reading = await LiveStream.OpenAsync(anna);
        await reading.NextAsync("hello");
        using var deaf = await ListenWithoutReadingAsync(anna);
        await Eventually.TrueAsync(async () => await platform.FigureAsync(Listeners) == 2, "nobody listens");
        await platform.ChangeAlotAsync(booking, Changes);

        await Eventually.TrueAsync(async () => await platform.FigureAsync(Listeners) == 1, "who does not read is not dropped");
        if (shape is Shape.OneProcess)
        {
            // Elsewhere it may be the gateway that loses patience first.
            Assert.Equal(1, await platform.FigureAsync(Slow));
        }

        for (var nth = 0; nth < Changes; nth++)
        {
            await reading.NextAsync("floor");
        }

        // Nor does the gateway go on holding what nobody takes.
        await Eventually.TrueAsync(() => Task.FromResult(IsClosed(deaf)), "the connection stays open");
    }

    [Fact]
    public async Task Who_reads_too_late_is_ended_and_finds_the_rest_by_coming_again()
    {
        const int Changes = 20_000;
        await using var platform = await RunningPlatform.StartAsync(
            Shape.OneProcess, new() { ["Modules:Bookings:Live:SlowAfter"] = "00:01:00", ["Modules:Bookings:Live:Kept"] = "500" });
        var (anna, room) = (await platform.MemberAsync(), await platform.AddSpaceAsync(await platform.AddPlaceAsync()));
        var booking = await anna.HoldingAsync(room, platform.Wednesday(8), platform.Wednesday(9));
        await platform.KnowsAsync(anna, 1);
        using var late = await ListenWithoutReadingAsync(anna);
        await Eventually.TrueAsync(async () => await platform.FigureAsync(Listeners) == 1, "nobody listens");
        await platform.ChangeAlotAsync(booking, Changes);
        await platform.KnowsAsync(anna, 1 + Changes);

        var text = await ReadAsync(late);
        Assert.EndsWith("\n\n", text, StringComparison.Ordinal);
        Assert.True(await platform.FigureAsync("portico_bookings_live_dropped_total{otel_scope_name=\"portico.bookings\",reason=\"behind\"") >= 1);
        var heard = text.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).Select(line => int.Parse(line[4..], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(1, heard.Count), heard);
        await using var again = await LiveStream.OpenAsync(anna, $"?after={Changes - 9000}");
        Assert.Equal(Changes - 8999, (await again.NextAsync("floor")).Seq);
    }

    [Fact]
    public async Task One_account_may_not_listen_without_end()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (anna, bob) = (await platform.MemberAsync(), await platform.MemberAsync());
        List<LiveStream> floors = [];
        while (floors.Count < 30)
        {
            floors.Add(await LiveStream.OpenAsync(anna));
        }

        (await anna.GetAsync("/api/bookings/live")).Expect(HttpStatusCode.TooManyRequests, "too-many-streams");
        await using var bobs = await LiveStream.OpenAsync(bob);
        await floors[7].DisposeAsync();
        await Eventually.TrueAsync(async () => await platform.FigureAsync(Listeners) == 30, "the listener is not gone");
        floors[7] = await LiveStream.OpenAsync(anna);
        await Task.WhenAll(floors.Select(async floor => await floor.DisposeAsync()));
    }

    [Fact]
    public async Task The_floor_goes_on_after_the_database_was_away()
    {
        await using var databases = await TestDatabases.StartAsync(durable: false);
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, Quick, on: databases);
        var (anna, manager) = (await platform.MemberAsync(), await platform.ManagerAsync());
        var place = await platform.AddPlaceAsync();
        var room = await platform.AddSpaceAsync(place);
        await platform.AppointAsync(place, manager, "manager");
        await using var floor = await LiveStream.OpenAsync(manager);
        await floor.NextAsync("hello");
        await databases.StopServerAsync();
        var seen = floor.Comments;
        await Eventually.TrueAsync(() => Task.FromResult(floor.Comments > seen + 1), "no heartbeat comes");
        await databases.StartServerAsync();
        await Eventually.TrueAsync(
            async () => (await anna.HoldAsync(room, platform.Wednesday(8), platform.Wednesday(9))).Status is HttpStatusCode.Created, "nobody can book");
        Assert.Equal((room, "held"), await floor.NextAsync("floor") is var told ? (told.Space, told.State) : default);
    }

    [Theory, InlineData("bookings"), InlineData("gateway"), InlineData("all")]
    public async Task A_process_that_stops_waits_for_no_stream(string module)
    {
        await using var platform = await RunningPlatform.StartAsync(module == "all" ? Shape.OneProcess : Shape.ProcessPerModule);
        await using var floor = await LiveStream.OpenAsync(await platform.MemberAsync());
        await floor.NextAsync("hello");
        var begun = Stopwatch.GetTimestamp();
        await (module == "all" ? platform.Apps[0].StopAsync() : platform.StopAsync(module));
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        await floor.EndAsync();
    }

    // HTTP/1.0: the answer comes in one piece and ends with the connection.
    private static async Task<Socket> ListenWithoutReadingAsync(Person person)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(person.Platform.Gateway.Host, person.Platform.Gateway.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /api/bookings/live HTTP/1.0\r\nHost: {person.Platform.Gateway.Authority}\r\nAuthorization: Bearer {person.Token}\r\n\r\n"));
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        using var text = new MemoryStream();
        var piece = new byte[65536];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        int read;
        while ((read = await socket.ReceiveAsync(piece, patience.Token)) > 0)
        {
            text.Write(piece, 0, read);
        }

        return Encoding.ASCII.GetString(text.ToArray());
    }

    // What is not read keeps an end from being seen: a write finds out.
    private static bool IsClosed(Socket socket)
    {
        try
        {
            socket.Send("GET "u8);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
