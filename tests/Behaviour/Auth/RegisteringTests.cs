namespace Portico.Tests.Behaviour.Auth;

public sealed class RegisteringTests
{
    [Theory, InBothShapes]
    public async Task Fifty_people_racing_for_one_name_leave_one_account(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        for (var round = 0; round < 20; round++)
        {
            var name = AccountSteps.NewName("wanted");
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(
                nth => platform.Somebody().RegisterAsync(nth % 2 == 0 ? name : name.ToUpperInvariant())));

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
            Assert.Equal(49, answers.Count(answer => answer.Code == "username-taken" && answer.Status == HttpStatusCode.Conflict));
            Assert.Equal([1L], await platform.QueryAsync<long>("auth", "select count(*) from accounts where lower(username) = @name", new { name }));
        }
    }

    [Theory, InBothShapes]
    public async Task A_name_and_an_address_belong_to_one_account_however_they_are_written(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.AccountAsync("anna", "anna@space.example");

        (await platform.Somebody().RegisterAsync("ANNA")).Expect(HttpStatusCode.Conflict, "username-taken");
        (await platform.Somebody().RegisterAsync("other", email: "Anna@Space.example")).Expect(HttpStatusCode.Conflict, "email-taken");
        (await platform.Somebody().RegisterAsync("anna@other.example")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await platform.Somebody().TryLoginAsync("Anna@space.example")).Expect(HttpStatusCode.OK);
        (await platform.Somebody().TryLoginAsync("aNNa")).Expect(HttpStatusCode.OK);
        Assert.Equal("register ok", (await platform.LogOfAsync(anna.Id))[0]);
    }

    [Theory, InBothShapes]
    public async Task A_password_has_to_be_a_good_one(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var somebody = platform.Somebody();

        (await somebody.RegisterAsync("bianca", "short")).Expect(HttpStatusCode.UnprocessableEntity, "password-too-short");
        (await somebody.RegisterAsync("bianca", new string('x', 73))).Expect(HttpStatusCode.UnprocessableEntity, "password-too-long");
        (await somebody.RegisterAsync("bianca", "password1!")).Expect(HttpStatusCode.UnprocessableEntity, "password-common");
        (await somebody.RegisterAsync("bianca.rossi", "Bianca.Rossi")).Expect(HttpStatusCode.UnprocessableEntity, "password-is-name");
        (await somebody.RegisterAsync("bianca")).Expect(HttpStatusCode.Created);
    }

    [Theory, InBothShapes]
    public async Task People_change_what_their_account_says_and_prove_themselves_for_the_address(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        await platform.AccountAsync("taken", "taken@space.example");
        var anna = await platform.MemberAsync("anna");

        var named = (await anna.PatchAsync("/api/auth/me", new { name = " Anna ", surname = "Rossi" })).Expect(HttpStatusCode.OK);
        Assert.Equal(("Anna", "Rossi"), (named.Text("name"), named.Text("surname")));

        var address = new { email = "anna@space.example" };
        (await anna.PatchAsync("/api/auth/me", address)).Expect(HttpStatusCode.BadRequest, "invalid");
        (await anna.PatchAsync("/api/auth/me", new { address.email, current_password = AuthSteps.WrongPassword }))
            .Expect(HttpStatusCode.UnprocessableEntity, "wrong-password");
        (await anna.PatchAsync("/api/auth/me", new { email = "TAKEN@space.example", current_password = AccountSteps.GoodPassword }))
            .Expect(HttpStatusCode.Conflict, "email-taken");
        (await anna.PatchAsync("/api/auth/me", new { address.email, current_password = AccountSteps.GoodPassword })).Expect(HttpStatusCode.OK);
        (await platform.Somebody().TryLoginAsync("anna@space.example")).Expect(HttpStatusCode.OK);

        // Saying again what is true already takes no password, and an empty text takes a name away.
        (await anna.PatchAsync("/api/auth/me", address)).Expect(HttpStatusCode.OK);
        var nameless = (await anna.PatchAsync("/api/auth/me", new { surname = "" })).Expect(HttpStatusCode.OK);
        Assert.Equal("anna@space.example", nameless.Text("email"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, nameless["surname"].ValueKind);
    }
}
