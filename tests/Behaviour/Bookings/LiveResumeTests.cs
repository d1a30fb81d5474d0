namespace Portico.Tests.Behaviour.Bookings;

[Trait("Category", "Proof")]
public sealed class LiveResumeTests
{
    private const int Writers = 5;
    private const int BookingsEach = 20;

    [Theory, InBothShapes]
    public async Task Whoever_comes_again_misses_nothing_and_hears_nothing_twice_while_many_book_in_two_processes(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        await using var second = await platform.SecondBookingsAsync();
        var members = await platform.MembersAsync(Writers);
        var place = await platform.AddPlaceAsync();
        var listener = await platform.MemberAsync();
        await using var first = await LiveStream.OpenAsync(listener);
        var begin = (await first.NextAsync("hello")).Id!;
        var writing = Task.WhenAll(members.Select((member, nth) => BookAsync(platform, nth % 2 == 0 ? member : member.At(second), place)));

        // One stays, the other is cut off over and over and comes again, to one process and then the other.
        List<long> cut = [];
        var (id, stream) = (begin, 0);
        while (cut.Count < Writers * BookingsEach * 2)
        {
            await using var broken = await LiveStream.OpenAsync(listener, "?after=0", id, stream++ % 2 == 0 ? null : new Uri(second.Urls.Single()));
            for (var nth = 0; nth < 17 && cut.Count < Writers * BookingsEach * 2; nth++)
            {
                var next = await broken.NextAsync("floor");
                cut.Add(next.Seq);
                id = next.Id!;
            }
        }

        await writing;
        var stayed = await TakeAsync(first, Writers * BookingsEach * 2);
        var database = await platform.NumberedAsync();
        Assert.Equal(Writers * BookingsEach * 2, database.Count);
        Assert.Equal(database, cut);
        Assert.Equal(database, stayed);
        await second.StopAsync();
    }

    [Fact]
    public async Task A_restart_of_the_process_loses_nothing()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule);
        await using var second = await platform.SecondBookingsAsync();
        var (anna, bob) = ((await platform.MemberAsync()).At(second), await platform.MemberAsync());
        var room = await platform.AddSpaceAsync(await platform.AddPlaceAsync());
        string before;
        await using (var floor = await LiveStream.OpenAsync(bob))
        {
            await floor.NextAsync("hello");
            await anna.HoldingAsync(room, platform.Wednesday(8), platform.Wednesday(9));
            before = (await floor.NextAsync("floor")).Id!;
            await platform.StopAsync("bookings");
            await floor.EndAsync();
        }

        await anna.HoldingAsync(room, platform.Wednesday(9), platform.Wednesday(10));
        await platform.StartAgainAsync("bookings");
        await anna.HoldingAsync(room, platform.Wednesday(10), platform.Wednesday(11));
        await using var again = await LiveStream.OpenAsync(bob, lastEventId: before);
        Assert.Equal(platform.Wednesday(9), (await again.NextAsync("floor")).Data.GetProperty("starts_at").GetDateTimeOffset());
        Assert.Equal(platform.Wednesday(10), (await again.NextAsync("floor")).Data.GetProperty("starts_at").GetDateTimeOffset());
        await anna.HoldingAsync(room, platform.Wednesday(11), platform.Wednesday(12));
        Assert.Equal(platform.Wednesday(11), (await again.NextAsync("floor")).Data.GetProperty("starts_at").GetDateTimeOffset());
        Assert.Empty(again.Rest());
        await second.StopAsync();
    }

    [Fact]
    public async Task What_a_process_left_that_died_after_its_commit_is_told_all_the_same()
    {
        // No job either, whose commit would ring.
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, new() { ["Schedules:Enabled"] = "false" });
        var (anna, room) = (await platform.MemberAsync(), await platform.AddSpaceAsync(await platform.AddPlaceAsync()));
        await using var floor = await LiveStream.OpenAsync(anna);
        await floor.NextAsync("hello");
        var booking = await anna.HoldingAsync(room, platform.Wednesday(8), platform.Wednesday(9));
        await floor.NextAsync("floor");
        // Nobody rings for what is written beside the platform.
        await platform.ChangeAlotAsync(booking, 1);
        Assert.Equal(room, (await floor.NextAsync("floor")).Space);
    }

    [Theory, InBothShapes]
    public async Task More_than_is_at_hand_comes_from_the_database_and_what_happens_meanwhile_behind_it(Shape shape)
    {
        const int Missed = 3000;
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Modules:Bookings:Live:Kept"] = "500" });
        var (anna, room) = (await platform.MemberAsync(), await platform.AddSpaceAsync(await platform.AddPlaceAsync()));
        var booking = await anna.HoldingAsync(room, platform.Wednesday(8), platform.Wednesday(9));
        await platform.ChangeAlotAsync(booking, Missed);
        await platform.NumberedAsync();
        await using var floor = await LiveStream.OpenAsync(anna, "?after=0");
        await platform.ChangeAlotAsync(booking, 100);
        var heard = await TakeAsync(floor, 1 + Missed + 100);
        Assert.Equal(await platform.NumberedAsync(), heard);
    }

    [Theory, InBothShapes]
    public async Task Whoever_missed_too_much_or_names_what_never_was_is_told_to_look_anew(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (anna, room) = (await platform.MemberAsync(), await platform.AddSpaceAsync(await platform.AddPlaceAsync()));
        var booking = await anna.HoldingAsync(room, platform.Wednesday(8), platform.Wednesday(9));
        await platform.KnowsAsync(anna, 1);
        foreach (var (query, id) in ((string, string?)[])[("", "999999"), ("?after=999999", null), ("", "what"), ("", "-1"), ("?after=1", "999999"), ("", "9223372036854775807")])
        {
            await using var floor = await LiveStream.OpenAsync(anna, query, id);
            Assert.Equal(1, (await floor.NextAsync("reset")).Seq);
        }

        await platform.ChangeAlotAsync(booking, 10_001);
        await platform.KnowsAsync(anna, 10_002);
        await using (var behind = await LiveStream.OpenAsync(anna, "?after=1"))
        {
            var reset = await behind.NextAsync("reset");
            Assert.Equal(10_002, reset.Seq);
            Assert.Equal("10002", reset.Id);
            // And then it goes on.
            await platform.ChangeAlotAsync(booking, 1);
            Assert.Equal(10_003, (await behind.NextAsync("floor")).Seq);
        }

        await using (var lately = await LiveStream.OpenAsync(anna, "?after=10002"))
        {
            Assert.Equal(10_003, (await lately.NextAsync("floor")).Seq);
        }

        platform.Clock.Advance(TimeSpan.FromHours(23.5));
        await platform.ExecuteAsync("bookings", "update floor_changes set at = at - interval '31 minutes'");
        await using var tooLate = await LiveStream.OpenAsync(await anna.LoginAsync(anna.Username), "?after=2000");
        Assert.Equal(10_003, (await tooLate.NextAsync("reset")).Seq);
    }

    // The same slots for all, each in a room of their own.
    private static async Task BookAsync(RunningPlatform platform, Person member, Guid place)
    {
        var room = await platform.AddSpaceAsync(place);
        for (var nth = 0; nth < BookingsEach; nth++)
        {
            var booking = await member.HoldingAsync(room, platform.Wednesday(8 + (nth * 0.5)), platform.Wednesday(8.5 + (nth * 0.5)));
            await member.GiveUpAsync(booking);
        }
    }

    private static async Task<IReadOnlyList<long>> TakeAsync(LiveStream floor, int count)
    {
        List<long> heard = [];
        while (heard.Count < count)
        {
            heard.Add((await floor.NextAsync("floor")).Seq);
        }

        return heard;
    }
}
