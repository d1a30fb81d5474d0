using System.Text;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

[Trait("Category", "Proof")]
public sealed class SpaceFileTests
{
    private const string Spaces = "/api/bookings/spaces";
    private const string Header =
        "id,location,kind,area,name,description,capacity,floor,plan_x,plan_y,status,buffer_before_minutes,buffer_after_minutes,min_minutes,max_minutes,step_minutes,lead_minutes,horizon_days,"
        + "bookable_by,plan_ids,needs_approval,release_after_minutes,hourly,half_day,half_day_hours,daily,monthly,adjustments,cancellation,amenities";

    [Theory, InBothShapes]
    public async Task What_is_written_is_read_and_changes_nothing(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, manager) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var here = await admin.AddLocationAsync("Isola");
        await admin.AppointAsync(here, manager, "manager");
        await admin.AddSpaceAsync(await admin.AddLocationAsync("Elsewhere"));
        var room = await admin.AddSpaceAsync(here, "room", new
        {
            description = "Says \"quiet\", and is;\nmostly", floor = "'=1+1", plan = new { x = 0.125, y = 1 }, buffer_after_minutes = 15, release_after_minutes = 20, needs_approval = true,
            bookable_by = "plan_holders", plan_ids = new[] { VisitSteps.NewId(), VisitSteps.NewId() },
            prices = new { hourly = 12.50m, half_day = 40, half_day_hours = 4.5, adjustments = new[] { new { name = "Peak; \"noon\"", percent = -10.5, days = new[] { "monday" }, from = "12:00" } } },
            cancellation = new { steps = new[] { new { hours_before = 48, percent_kept = 50 }, new { hours_before = 24, percent_kept = 100 } } },
        }, name: "=SUM(A1)");
        var (area, _) = await admin.AddAreaAsync(here, 3);
        foreach (var name in (string[])["Screen", "-Whiteboard"])
        {
            await admin.AddAmenityAsync(here, name);
        }

        var has = (await admin.GetAsync("/api/bookings/amenities"))["items"].EnumerateArray().Select(amenity => amenity.GetProperty("id").GetGuid());
        (await admin.PutAsync($"{Spaces}/{room}/amenities", new { amenity_ids = has })).Expect(HttpStatusCode.OK);

        var file = (await manager.GetAsync($"{Spaces}?location_id={here}&format=csv")).Expect(HttpStatusCode.OK);
        Assert.StartsWith(Header, file.Body, StringComparison.Ordinal);
        Assert.Contains(",\"'=SUM(A1)\",", file.Body, StringComparison.Ordinal);
        Assert.Contains(",48h 50%; 24h 100%,\"'-Whiteboard; Screen\"", file.Body, StringComparison.Ordinal);
        var before = await platform.QueryAsync<string>("bookings", "select spaces::text || (select string_agg(amenity_id::text, ' ' order by amenity_id) from space_amenities where space_id = id) from spaces order by id");
        Told(await ImportAsync(manager, file.Body), created: 0, changed: 0, unchanged: 5);
        Told(await ImportAsync(manager, "\uFEFF" + file.Body, "?dry_run=true"), created: 0, changed: 0, unchanged: 5);
        Assert.Equal(before, await platform.QueryAsync<string>("bookings", "select spaces::text || (select string_agg(amenity_id::text, ' ' order by amenity_id) from space_amenities where space_id = id) from spaces order by id"));
        // A line that has lost its id is about the space with its name.
        Told(await ImportAsync(manager, file.Body.Replace($"{room}", "", StringComparison.Ordinal)), created: 0, changed: 0, unchanged: 5);
        Assert.DoesNotContain("Elsewhere", file.Body, StringComparison.Ordinal);
        Assert.Equal(3, (await anna.GetAsync($"{Spaces}?area_id={area}&format=csv")).Expect(HttpStatusCode.OK).Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1);
        (await ImportAsync(anna, file.Body)).Expect(HttpStatusCode.Forbidden);
    }

    [Theory, InBothShapes]
    public async Task A_file_adds_and_changes_all_or_nothing(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, manager) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var here = await admin.AddLocationAsync("Isola");
        await admin.AppointAsync(here, manager, "manager");
        var (blue, red) = (await admin.AddSpaceAsync(here, name: "Blue"), await admin.AddSpaceAsync(here, name: "Red"));
        await admin.AddAmenityAsync(here, "Screen");

        // The desks before their area, names that go round, and a spreadsheet's semicolons.
        string[] lines =
        [
            Line("kind=desk", "area=North", "name=N1", "min_minutes=60"), Line("kind=desk", "area=north", "name=N2"), Line("kind=hot_desk_area", "name=North", "hourly=3.5", "cancellation=24h 50%"),
            Line($"id={blue}", "kind=room", "name=Red", "capacity=9", "amenities=screen", "status=out_of_service"), Line($"id={red}", "kind=room", "name=Blue"),
        ];
        Told(await ImportAsync(manager, File(lines), "?dry_run=true"), created: 3, changed: 2, unchanged: 0);
        Assert.Equal(2, (await anna.GetAsync(Spaces))["items"].GetArrayLength());
        Told(await ImportAsync(manager, File(lines).Replace(',', ';')), created: 3, changed: 2, unchanged: 0);
        Told(await ImportAsync(manager, File(lines)), created: 0, changed: 0, unchanged: 5);
        var changed = await anna.GetAsync($"{Spaces}/{blue}");
        Assert.Equal(("Red", 9, "out_of_service", "Screen"), (changed.Text("name"), changed["capacity"].GetInt32(), changed.Text("status"), changed["amenities"][0].Word("name")));
        var area = (await anna.GetAsync($"{Spaces}?kind=hot_desk_area"))["items"][0].GetProperty("id").GetGuid();
        Assert.Equal(2, (await anna.GetAsync($"{Spaces}/{area}"))["desks"].GetInt32());
        (await anna.HoldAsync(area, platform.Wednesday(9), platform.Wednesday(10))).Expect(HttpStatusCode.Created);

        // The desk that is booked stays where it is, and so does all the rest.
        var refused = (await ImportAsync(manager, File(Line("kind=desk", "name=N1", "area=", "capacity=2"), Line("kind=desk", "name=N2", "area="), Line("kind=desk", "name=N3"))))
            .Expect(HttpStatusCode.UnprocessableEntity, "import-refused");
        Assert.Equal((1, "area"), (refused["count"].GetInt32(), refused["errors"][0].Word("column")));
        Assert.Equal(5, (await anna.GetAsync(Spaces))["items"].GetArrayLength());
    }

    [Theory, InBothShapes]
    public async Task Every_wrong_cell_is_told_by_line_and_column(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, manager) = (await platform.AdminAsync(), await platform.ManagerAsync());
        var (here, there) = (await admin.AddLocationAsync("Isola"), await admin.AddLocationAsync("Centro"));
        await admin.AppointAsync(here, manager, "manager");
        var (room, elsewhere, gone) = (await admin.AddSpaceAsync(here, name: "Room"), await admin.AddSpaceAsync(there), await admin.AddSpaceAsync(here, name: "Gone"));
        (await admin.PostAsync($"{Spaces}/{gone}/retire")).Expect(HttpStatusCode.OK);
        (string Column, string Line)[] wrong =
        [
            ("id", Line("id=x")), ("id", Line($"id={VisitSteps.NewId()}")), ("id", Line($"id={elsewhere}", "location=Centro")), ("id", Line($"id={gone}", "kind=room", "name=Gone", "status=retired", "floor=5")),
            ("id", Line($"id={gone}", "kind=room", "name=Gone", "status=active", "capacity=8")), ("location", Line("location=")), ("location", Line("location=Centro")), ("location", Line($"id={room}", "kind=room", "location=Centro")),
            ("kind", Line("kind=")), ("kind", Line("kind=castle")), ("kind", Line($"id={room}", "name=Room", "kind=office")), ("area", Line("area=Nowhere")), ("area", Line("area=Room")), ("area", Line("kind=room", "capacity=2", "area=Room")),
            ("name", Line("name=")), ("name", Line($"name={new string('x', 101)}")), ("name", Line("name=a\u0007b")), ("description", Line($"description={new string('x', 2001)}")), ("capacity", Line("capacity=0")), ("capacity", Line("capacity=many")),
            ("capacity", Line("kind=office")), ("capacity", Line("capacity=99999999999")), ("plan_x", Line("plan_x=2", "plan_y=0")), ("plan_y", Line("plan_x=0.5")), ("status", Line("status=retired")), ("status", Line("status=broken")),
            ("buffer_before_minutes", Line("buffer_before_minutes=-1")), ("max_minutes", Line("min_minutes=60", "max_minutes=30")), ("bookable_by", Line("bookable_by=dogs")), ("plan_ids", Line("plan_ids=x")),
            ("needs_approval", Line("needs_approval=perhaps")), ("release_after_minutes", Line("release_after_minutes=1")), ("hourly", Line("hourly=-1")), ("hourly", Line("hourly=1e3")), ("daily", Line("daily=0.00001")),
            ("half_day_hours", Line("half_day_hours=25")), ("adjustments", Line("adjustments=[{}]")), ("adjustments", Line("adjustments=[null]")), ("adjustments", Line("adjustments=nonsense")),
            ("adjustments", Line("adjustments=[{\"\"name\"\":\"\"\\u0000\"\",\"\"percent\"\":5}]")), ("cancellation", Line("cancellation=24 hours")), ("cancellation", Line("cancellation=24h 101%")),
            ("cancellation", Line("cancellation=48h 100%; 24h 50%")), ("amenities", Line("amenities=Sauna")),
        ];
        foreach (var (column, line) in wrong)
        {
            var one = (await ImportAsync(manager, File(line))).Expect(HttpStatusCode.UnprocessableEntity, "import-refused");
            Assert.True(one["errors"].EnumerateArray().All(error => error.Word("column") == column && error.GetProperty("line").GetInt32() == 2), $"{column}: {one}");
        }

        // All of them at once, and the lines of the file: one cell has two of them.
        var refused = (await ImportAsync(manager, File([Line("name=First", "description=two\nlines"), .. wrong.Take(3).Select(one => one.Line), Line("name=Room", "kind=room", "capacity=2"), Line("name=room", "kind=room", "capacity=2")])))
            .Expect(HttpStatusCode.UnprocessableEntity, "import-refused");
        Assert.Equal([(4, "id"), (5, "id"), (6, "id"), (8, null)], refused["errors"].EnumerateArray().Select(error => (error.GetProperty("line").GetInt32(), error.Word("column"))));
        var many = (await ImportAsync(manager, File([.. Enumerable.Range(0, 150).Select(number => Line($"name=Desk {number}", "capacity=0"))]))).Expect(HttpStatusCode.UnprocessableEntity, "import-refused");
        Assert.Equal((150, 100), (many["count"].GetInt32(), many["errors"].GetArrayLength()));
        Assert.Equal(1, (await manager.GetAsync($"{Spaces}?location_id={here}"))["items"].GetArrayLength());
    }

    [Theory, InBothShapes]
    public async Task What_is_no_such_file_is_refused(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var admin = await platform.AdminAsync();
        await admin.AddLocationAsync("Isola");
        foreach (var (text, line, column) in ((string, int, string?)[])
            [
                ("", 1, "id"), (Header.Replace("capacity", "size", StringComparison.Ordinal) + "\r\n", 1, "capacity"), (Header + ",name\r\n", 1, "name"), (File("a,b"), 2, null), (File($"{Line()}\r\n\"open"), 3, null),
                (File([.. Enumerable.Range(0, 5001).Select(number => Line($"name=Desk {number}"))]), 5002, null),
            ])
        {
            var refused = (await ImportAsync(admin, text)).Expect(HttpStatusCode.UnprocessableEntity, "import-refused");
            Assert.Equal((line, column), (refused["errors"][0].GetProperty("line").GetInt32(), refused["errors"][0].Word("column")));
        }

        (await admin.SendRawAsync(HttpMethod.Post, $"{Spaces}/import", [.. Encoding.UTF8.GetBytes(Header), 0xFF, 0xFE], "text/csv")).Expect(HttpStatusCode.UnprocessableEntity, "import-refused");
        (await admin.SendRawAsync(HttpMethod.Post, $"{Spaces}/import", new byte[1_048_577], "text/csv")).Expect(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        (await admin.SendRawAsync(HttpMethod.Post, $"{Spaces}/import", Encoding.UTF8.GetBytes(Header), "application/json")).Expect(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await admin.SendRawAsync(HttpMethod.Post, $"{Spaces}/import", Encoding.UTF8.GetBytes(Header), "")).Expect(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        Told(await ImportAsync(admin, Header), created: 0, changed: 0, unchanged: 0);
        Told(await ImportAsync(admin, File([.. Enumerable.Range(0, 5000).Select(number => Line($"name=Desk {number}"))])), created: 5000, changed: 0, unchanged: 0);
        Assert.Equal(5001, (await admin.GetAsync($"{Spaces}?format=csv")).Expect(HttpStatusCode.OK).Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        await admin.AddSpaceAsync(await admin.AddLocationAsync());
        (await admin.GetAsync($"{Spaces}?format=csv")).Expect(HttpStatusCode.UnprocessableEntity, "export-too-large");
    }

    private static void Told(Answer answer, int created, int changed, int unchanged) => Assert.Equal(
        (created, changed, unchanged), (answer.Expect(HttpStatusCode.OK)["created"].GetInt32(), answer["changed"].GetInt32(), answer["unchanged"].GetInt32()));

    private static Task<Answer> ImportAsync(Person staff, string file, string query = "") =>
        staff.SendRawAsync(HttpMethod.Post, $"{Spaces}/import{query}", Encoding.UTF8.GetBytes(file), "text/csv; charset=utf-8");

    private static string File(params string[] lines) => string.Join("\r\n", [Header, .. lines]);

    /// <summary>A desk at Isola, but for what is said otherwise.</summary>
    private static string Line(params string[] cells)
    {
        Dictionary<string, string> said = new() { ["location"] = "Isola", ["kind"] = "desk", ["name"] = "Desk" };
        foreach (var cell in cells)
        {
            said[cell.Split('=', 2)[0]] = cell.Split('=', 2)[1];
        }

        return string.Join(',', Header.Split(',').Select(column => $"\"{said.GetValueOrDefault(column)}\""));
    }
}
