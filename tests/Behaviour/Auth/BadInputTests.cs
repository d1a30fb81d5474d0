using System.Text;

namespace Portico.Tests.Behaviour.Auth;

public sealed class BadInputTests
{
    private static readonly string[] OpenPaths =
        ["/api/auth/register", "/api/auth/login", "/api/auth/refresh", "/api/auth/password/forgot", "/api/auth/password/reset"];

    [Theory, InBothShapes]
    public async Task Whatever_is_sent_to_the_open_doors_is_refused_with_a_code(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var stranger = platform.From("203.0.113.9");
        byte[][] bodies =
        [
            "{"u8.ToArray(), "[]"u8.ToArray(), "null"u8.ToArray(), "\"text\""u8.ToArray(), "{}"u8.ToArray(),
            """{"username":5,"password":[],"refresh_token":5,"token":5,"new_password":{}}"""u8.ToArray(),
            """{"username":null,"password":null}"""u8.ToArray(),
            """{"username":"anna","username":"bea","password":"correct horse battery"}"""u8.ToArray(),
            """{"username":"anna","password":"correct horse battery","role":"admin"}"""u8.ToArray(),
            """{"username":"an\u0000na","password":"correct horse battery"}"""u8.ToArray(),
            """{"username":"\ud800anna","password":"correct horse battery"}"""u8.ToArray(),
            [.. "{\"username\":\""u8, 0xC3, 0x28, .. "\",\"password\":\"correct horse battery\"}"u8],
            Encoding.UTF8.GetBytes($$"""{"username":"{{new string('a', 100_000)}}","password":"{{new string('b', 100_000)}}","refresh_token":"{{new string('c', 100_000)}}","token":"x","new_password":"y"}"""),
        ];

        foreach (var path in OpenPaths)
        {
            foreach (var body in bodies)
            {
                var answer = await stranger.SendRawAsync(HttpMethod.Post, path, body);
                Assert.True((int)answer.Status is >= 400 and < 500 && answer.Code is { Length: > 0 }, $"{path} {Encoding.UTF8.GetString(body)[..Math.Min(80, body.Length)]}: {answer}");
            }
        }

        Assert.Equal([0L], await platform.QueryAsync<long>("auth", "select count(*) from accounts"));
    }

    [Theory, InBothShapes]
    public async Task Names_and_addresses_that_would_mean_more_than_text_are_refused(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var somebody = platform.Somebody();
        const string Password = AccountSteps.GoodPassword;

        object[] wrong =
        [
            new { username = "anna", password = Password, email = "anna@space.example\nBcc: all@space.example" },
            new { username = "anna", password = Password, email = "no address" },
            new { username = "anna", password = Password, name = "Anna\r\nSubject: hello" },
            new { username = "anna", password = Password, surname = new string('x', 101) },
            new { username = "-anna", password = Password },
            new { username = "", password = Password },
        ];
        foreach (var body in wrong)
        {
            (await somebody.PostAsync("/api/auth/register", body)).Expect(HttpStatusCode.BadRequest, "invalid");
        }

        var anna = await platform.MemberAsync();
        (await anna.PatchAsync("/api/auth/me", new { name = "a\tb" })).Expect(HttpStatusCode.BadRequest, "invalid");
        (await anna.PatchAsync("/api/auth/me", new { role = "admin" })).Expect(HttpStatusCode.BadRequest, "malformed-json");
        (await anna.DeleteAsync("/api/auth/sessions/not-an-id")).Expect(HttpStatusCode.NotFound);
        (await anna.ChangePasswordAsync("", "")).Expect(HttpStatusCode.BadRequest, "invalid");
    }
}
