using System.Net;
using Dapper;
using Npgsql;

namespace Portico.Tests;

/// <summary>What people do with accounts.</summary>
public static class AccountSteps
{
    public const string GoodPassword = "correct horse battery";
    private static int made;

    /// <summary>A name nobody has yet.</summary>
    public static string NewName(string stem = "member") => $"{stem}-{Interlocked.Increment(ref made)}";

    public static Task<Answer> RegisterAsync(this Person person, string username, string password = GoodPassword, string? email = null) =>
        person.PostAsync("/api/auth/register", email is null ? new { username, password } : new { username, password, email });

    public static async Task<Person> LoginAsync(this Person person, string username, string password = GoodPassword)
    {
        var answer = (await person.PostAsync("/api/auth/login", new { username, password })).Expect(HttpStatusCode.OK);
        person.Id = answer.Id;
        person.Username = username;
        person.Password = password;
        person.Token = answer.Text("token");
        return person;
    }

    public static Task<Answer> LogoutAsync(this Person person) => person.PostAsync("/api/auth/logout");

    /// <summary>Somebody who has just registered and whom every module knows.</summary>
    public static async Task<Person> MemberAsync(this RunningPlatform platform, string? username = null)
    {
        var person = platform.Somebody();
        person.Username = username ?? NewName();
        person.Password = GoodPassword;
        var answer = (await person.RegisterAsync(person.Username)).Expect(HttpStatusCode.Created);
        person.Id = answer.Id;
        person.Token = answer.Text("token");
        await Eventually.TrueAsync(
            async () => (await person.GetAsync("/api/members/profile")).Status is HttpStatusCode.OK, $"{person.Username} has no profile");
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<Guid>("bookings", "select id from people where id = @Id", new { person.Id })).Count == 1,
            $"bookings does not know {person.Username}");
        return person;
    }

    public static async Task<IReadOnlyList<Person>> MembersAsync(this RunningPlatform platform, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => platform.MemberAsync()));

    public static Task<Person> AdminAsync(this RunningPlatform platform) => platform.WithRoleAsync("admin");

    public static Task<Person> ManagerAsync(this RunningPlatform platform) => platform.WithRoleAsync("manager");

    public static Task<Person> KioskAsync(this RunningPlatform platform) => platform.WithRoleAsync("kiosk");

    // Given in the database, since somebody has to be the first one who may give roles; signs in anew to hold it in the token.
    private static async Task<Person> WithRoleAsync(this RunningPlatform platform, string role)
    {
        var person = await platform.MemberAsync(NewName(role));
        await platform.ExecuteAsync("auth", "update accounts set role = @role where id = @Id", new { role, person.Id });
        await platform.ExecuteAsync("members", "update profiles set role = @role where id = @Id", new { role, person.Id });
        await platform.ExecuteAsync("bookings", "update people set role = @role where id = @Id", new { role, person.Id });
        return await person.LoginAsync(person.Username);
    }

    /// <summary>Looks at, or prepares, a module's database directly.</summary>
    public static async Task<int> ExecuteAsync(this RunningPlatform platform, string module, string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(platform.Databases[$"Modules:{module}:ConnectionString"]);
        return await connection.ExecuteAsync(sql, parameters);
    }

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(this RunningPlatform platform, string module, string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(platform.Databases[$"Modules:{module}:ConnectionString"]);
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }
}
