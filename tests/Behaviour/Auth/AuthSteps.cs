using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portico.Auth;
using Portico.Platform.Data;

namespace Portico.Tests.Behaviour.Auth;

/// <summary>What people do with sessions and passwords, and what administrators do with accounts.</summary>
internal static class AuthSteps
{
    public const string WrongPassword = "not my password";
    public const string NewPassword = "a better password";

    /// <summary>Lets tests say where a request comes from, as a proxy in front of the gateway would.</summary>
    public static readonly Dictionary<string, string?> BehindAProxy = new() { ["Http:TrustedProxies:0"] = "127.0.0.1" };

    public static Task<RunningPlatform> StartAsync(Shape shape, params (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> all = new(BehindAProxy);
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return RunningPlatform.StartAsync(shape, all);
    }

    /// <summary>Somebody at an address, not signed in.</summary>
    public static Person From(this RunningPlatform platform, string address)
    {
        var person = platform.Somebody();
        person.Headers["X-Forwarded-For"] = address;
        return person;
    }

    /// <summary>An account without a session here: a name and a password.</summary>
    public static async Task<Person> AccountAsync(this RunningPlatform platform, string? username = null, string? email = null, string address = "198.51.100.1")
    {
        var person = platform.From(address);
        person.Username = username ?? AccountSteps.NewName();
        person.Password = AccountSteps.GoodPassword;
        person.Id = (await person.RegisterAsync(person.Username, email: email)).Expect(HttpStatusCode.Created).Id;
        return person;
    }

    public static Task<Answer> TryLoginAsync(this Person person, string username, string password = AccountSteps.GoodPassword) =>
        person.PostAsync("/api/auth/login", new { username, password });

    public static async Task FailAsync(this Person person, string username, int times, int from = 0)
    {
        for (var failure = from; failure < from + times; failure++)
        {
            (await person.TryLoginAsync(username, WrongPassword)).Expect(HttpStatusCode.Unauthorized, "wrong-credentials");
        }
    }

    /// <summary>Signs in for long; the answer holds the refresh token.</summary>
    public static async Task<Answer> LoginForLongAsync(this Person person, string username, string password = AccountSteps.GoodPassword)
    {
        var answer = (await person.PostAsync("/api/auth/login", new { username, password, remember = true })).Expect(HttpStatusCode.OK);
        person.Token = answer.Text("token");
        return answer;
    }

    public static Task<Answer> RefreshAsync(this Person person, string token) => person.PostAsync("/api/auth/refresh", new { refresh_token = token });

    public static Task<Answer> ChangePasswordAsync(this Person person, string from, string to) =>
        person.PostAsync("/api/auth/password/change", new { current_password = from, new_password = to });

    public static Task<Answer> ForgetAsync(this Person person, string username) => person.PostAsync("/api/auth/password/forgot", new { username });

    public static Task<Answer> ResetAsync(this Person person, string token, string password = NewPassword) =>
        person.PostAsync("/api/auth/password/reset", new { token, new_password = password });

    /// <summary>A token ends at once in Auth's own process and within a second everywhere.</summary>
    public static Task IsOutAsync(this Person person) => Eventually.TrueAsync(
        async () => (await person.GetAsync("/api/members/profile")).Code == "session-ended", $"{person.Username}'s token still works", TimeSpan.FromSeconds(1));

    public static async Task IsInAsync(this Person person) => (await person.GetAsync("/api/auth/me")).Expect(HttpStatusCode.OK);

    public static TimeSpan RetryAfter(this Answer answer) =>
        TimeSpan.FromSeconds(int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture));

    /// <summary>What an answer tells, less what differs between any two.</summary>
    public static string Tells(this Answer answer) =>
        $"{(int)answer.Status} {string.Join(' ', answer.Headers.Select(header => header.Key).Order())} {answer.Code} "
        + (answer.Body.Length == 0 || answer.Code is null ? answer.Body : answer.Text("detail"));

    /// <summary>The application that hosts Auth, for what has no route.</summary>
    public static WebApplication AuthApp(this RunningPlatform platform) =>
        platform.Apps.Single(app => app.Services.GetService<ModuleDataSource<AuthModule>>() is not null);

    public static async Task<IReadOnlyList<string>> LogOfAsync(this RunningPlatform platform, Guid accountId) =>
        await platform.QueryAsync<string>("auth", "select action || ' ' || outcome from auth_log where account_id = @accountId order by id", new { accountId });
}
