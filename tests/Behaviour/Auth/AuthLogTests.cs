namespace Portico.Tests.Behaviour.Auth;

public sealed class AuthLogTests
{
    private const string Logs = "/api/auth/admin/auth-logs";

    [Theory, InBothShapes]
    public async Task Administrators_read_what_happened_filtered_and_page_by_page(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var admin = await platform.AdminAsync();
        var anna = await platform.AccountAsync("anna");
        await platform.From("203.0.113.9").FailAsync("anna", times: 3);
        platform.Clock.Advance(TimeSpan.FromHours(2));
        var later = platform.Clock.GetUtcNow().AddMinutes(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await anna.LoginAsync("anna");
        (await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/suspend", new { reason = "=does not pay" })).Expect(HttpStatusCode.OK);

        Assert.Equal(
            ["suspend ok", "login ok", "login wrong_password", "login wrong_password", "login wrong_password", "register ok"],
            await EntriesAsync(admin, $"account_id={anna.Id}"));
        Assert.Equal(["suspend ok", "login ok"], await EntriesAsync(admin, $"account_id={anna.Id}&from={later}"));
        Assert.Equal(4, (await EntriesAsync(admin, $"account_id={anna.Id}&to={later}&limit=2")).Count);
        Assert.Equal(3, (await EntriesAsync(admin, "address=203.0.113.9")).Count);
        Assert.Equal(3, (await EntriesAsync(admin, "outcome=wrong_password&limit=1")).Count);
        Assert.Equal(["suspend ok"], await EntriesAsync(admin, "action=suspend"));
        var entry = (await admin.GetAsync($"{Logs}?action=suspend")).Expect(HttpStatusCode.OK)["items"][0];
        Assert.Equal(admin.Id, entry.GetProperty("actor_id").GetGuid());

        (await admin.GetAsync($"{Logs}?from=1066-10-14T00:00:00Z")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.GetAsync($"{Logs}?from=yesterday")).Expect(HttpStatusCode.BadRequest, "malformed-request");
        foreach (var loose in (string[])["2026-11-21T10:00:00", "2026-11-21", "2026-11-21T10:00:00+01:00", "21 Nov 2026", "2026-11-21T10:00:00Z&from=2026-11-21T10:00:00Z"])
        {
            (await admin.GetAsync($"{Logs}?from={loose}")).Expect(HttpStatusCode.BadRequest, "malformed-request");
            (await admin.GetAsync($"{Logs}?to={loose.Replace("from", "to", StringComparison.Ordinal)}")).Expect(HttpStatusCode.BadRequest, "malformed-request");
        }

        (await admin.GetAsync($"{Logs}?from=2026-11-21T11:00:00.5%2B01:00&to=2026-11-22T00:00:00Z")).Expect(HttpStatusCode.OK);
        (await admin.GetAsync($"{Logs}?action=logon")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.GetAsync($"{Logs}?outcome=OK")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.GetAsync($"{Logs}?format=xml")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.GetAsync($"{Logs}?after=nonsense")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await (await platform.ManagerAsync()).GetAsync(Logs)).Expect(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory, InBothShapes]
    public async Task The_log_comes_as_csv_that_no_spreadsheet_runs(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var admin = await platform.AdminAsync();
        var anna = await platform.AccountAsync("anna");
        (await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/suspend", new { reason = "=cmd|' /C calc'!A0" })).Expect(HttpStatusCode.OK);

        var csv = (await admin.GetAsync($"{Logs}?account_id={anna.Id}&format=csv")).Expect(HttpStatusCode.OK);

        Assert.Equal("text/csv", csv.ContentHeaders.ContentType!.MediaType);
        Assert.Equal("auth-log.csv", csv.ContentHeaders.ContentDisposition!.FileName!.Trim('"'));
        var lines = csv.Body.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("id,at,action,outcome,account_id,username,actor_id,address,agent,detail", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain(",=cmd", lines[1], StringComparison.Ordinal);
    }

    [Theory, InBothShapes]
    public async Task Sessions_that_people_end_themselves_are_in_the_log_once(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var phone = await platform.Somebody().LoginAsync(anna.Username);
        var other = (await anna.GetAsync("/api/auth/sessions")).Expect(HttpStatusCode.OK).Json.EnumerateArray()
            .Single(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetString();

        (await anna.DeleteAsync($"/api/auth/sessions/{other}")).Expect(HttpStatusCode.NoContent);
        (await anna.DeleteAsync($"/api/auth/sessions/{other}")).Expect(HttpStatusCode.NotFound);
        (await anna.LogoutAsync()).Expect(HttpStatusCode.NoContent);
        await anna.LoginAsync(anna.Username);
        await phone.LoginAsync(anna.Username);
        (await anna.DeleteAsync("/api/auth/sessions")).Expect(HttpStatusCode.NoContent);

        Assert.Equal([$"session_ended ok {other}", "logout ok", "session_ended ok 2"], await platform.QueryAsync<string>(
            "auth",
            "select concat_ws(' ', action, outcome, detail) from auth_log where account_id = @Id and action in ('logout', 'session_ended') order by id",
            new { anna.Id }));
    }

    [Theory, InBothShapes]
    public async Task Links_that_were_asked_for_too_often_are_in_the_log_too(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var admin = await platform.AdminAsync();
        var anna = await platform.AccountAsync("anna");
        for (var nth = 0; nth < 5; nth++)
        {
            (await platform.Somebody().ForgetAsync("anna")).Expect(HttpStatusCode.Accepted);
        }

        (await platform.Somebody().ForgetAsync("anna")).Expect(HttpStatusCode.TooManyRequests, "too-many-failures");

        Assert.Equal("password_reset_requested blocked", (await EntriesAsync(admin, $"account_id={anna.Id}"))[0]);
    }

    // Every page of what the query finds, newest first.
    private static async Task<IReadOnlyList<string>> EntriesAsync(Person admin, string query)
    {
        List<string> entries = [];
        string? after = null;
        do
        {
            var page = (await admin.GetAsync($"{Logs}?{query}{(after is null ? "" : $"&after={after}")}")).Expect(HttpStatusCode.OK);
            entries.AddRange(page["items"].EnumerateArray().Select(entry => $"{entry.GetProperty("action").GetString()} {entry.GetProperty("outcome").GetString()}"));
            after = page["next"].GetString();
        }
        while (after is not null);
        return entries;
    }
}
