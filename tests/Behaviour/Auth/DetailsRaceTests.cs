namespace Portico.Tests.Behaviour.Auth;

[Trait("Category", "Proof")]
public sealed class DetailsRaceTests
{
    private const int Rounds = 20;
    private const int AtOnce = 50;

    [Fact]
    public async Task Fifty_changes_of_one_account_at_once_are_all_made()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var member = await platform.MemberAsync();
        await member.TakeAddressAsync("first@example.org");
        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(nth => nth % 2 == 0
                ? member.PatchAsync("/api/auth/me", new { name = $"Anna {round}-{nth}" })
                : member.TryAddressAsync($"address-{round}-{nth}@example.org")));

            AssertOnly(answers, (HttpStatusCode.OK, null));
            var now = (await member.GetAsync("/api/auth/me")).Expect(HttpStatusCode.OK);
            Assert.Contains(answers, answer => answer.Body == now.Body);
        }
    }

    [Fact]
    public async Task Addresses_that_go_round_among_people_are_everybodys_one_at_a_time()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var people = await platform.MembersAsync(4);
        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(nth =>
                people[nth % people.Count].TryAddressAsync($"address-{(nth + (nth / people.Count)) % (people.Count + 1)}@example.org")));

            AssertOnly(answers, (HttpStatusCode.OK, null), (HttpStatusCode.Conflict, "email-taken"));
            var addresses = await platform.QueryAsync<string>("auth", "select lower(email) from accounts where email is not null");
            Assert.Equal(addresses.Count, addresses.Distinct().Count());
        }
    }

    [Fact]
    public async Task Two_people_who_want_each_others_address_are_refused_and_do_not_wait_for_each_other()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (anna, bea) = (await platform.MemberAsync(), await platform.MemberAsync());
        await anna.TakeAddressAsync("anna@example.org");
        await bea.TakeAddressAsync("bea@example.org");
        await using var halfWay = await HalfWay.StopAsync(platform, "auth", "accounts", "accounts_email");

        var swap = Task.WhenAll(anna.TryAddressAsync("bea@example.org"), bea.TryAddressAsync("anna@example.org"));
        await halfWay.GoOnAsync(meeting: 2);

        Assert.All(await swap, answer => answer.Expect(HttpStatusCode.Conflict, "email-taken"));
        Assert.Equal("anna@example.org", (await anna.GetAsync("/api/auth/me")).Text("email"));
    }

    [Theory, InlineData("40P01"), InlineData("40001")]
    public async Task A_change_that_the_database_gives_up_for_another_is_said_to_be_that_and_logged(string state)
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var member = await platform.MemberAsync();
        await platform.ExecuteAsync(
            "auth",
            $"""
            create function give_up() returns trigger language plpgsql as 'begin raise exception using errcode = ''{state}''; end';
            create trigger give_up before update on accounts for each row execute function give_up();
            """);

        var refused = (await member.PatchAsync("/api/auth/me", new { name = "Anna" })).Expect(HttpStatusCode.ServiceUnavailable, "concurrent-changes");

        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains(platform.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(state, StringComparison.Ordinal));
        await platform.ExecuteAsync("auth", "drop trigger give_up on accounts");
        Assert.Null((await member.GetAsync("/api/auth/me")).Expect(HttpStatusCode.OK)["name"].GetString());
        (await member.PatchAsync("/api/auth/me", new { name = "Anna" })).Expect(HttpStatusCode.OK);
    }

    private static void AssertOnly(IReadOnlyList<Answer> answers, params (HttpStatusCode Status, string? Code)[] expected) => Assert.True(
        answers.All(answer => expected.Contains((answer.Status, answer.Code))),
        string.Join('\n', answers.CountBy(answer => $"{(int)answer.Status} {answer.Code}").Select(count => $"{count.Value} times {count.Key}")));
}

internal static class AddressSteps
{
    public static Task<Answer> TryAddressAsync(this Person person, string email) =>
        person.PatchAsync("/api/auth/me", new { email, current_password = person.Password });

    public static async Task TakeAddressAsync(this Person person, string email) => (await person.TryAddressAsync(email)).Expect(HttpStatusCode.OK);
}
