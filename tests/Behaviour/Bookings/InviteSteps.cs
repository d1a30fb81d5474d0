namespace Portico.Tests.Behaviour.Bookings;

/// <summary>What people do with invites.</summary>
internal static class InviteSteps
{
    public const string Invites = "/api/bookings/invites";

    public static async Task<Answer> InviteAsync(this Person admin, Guid location, int? days = null) =>
        (await admin.PostAsync(Invites, days is null ? new { location_id = location } : new { location_id = location, expires_in_days = days }))
        .Expect(HttpStatusCode.Created);

    public static Task<Answer> RedeemAsync(this Person person, string code) => person.PostAsync($"{Invites}/redeem", new { code });

    /// <summary>Until Auth has heard of what somebody redeemed, and Bookings of the answer.</summary>
    public static async Task AnsweredAsync(this Person person)
    {
        await person.Platform.ToldAsync("bookings", person.Id);
        await person.Platform.ToldAsync("auth", person.Id);
    }

    /// <summary>Who works at a location, as Bookings and Members have it.</summary>
    public static async Task<IReadOnlyList<Guid>> StaffAsync(this RunningPlatform platform, Guid location)
    {
        await platform.ToldAsync("bookings", location);
        var staff = await platform.QueryAsync<Guid>("bookings", "select account_id from location_staff where location_id = @location order by 1", new { location });
        Assert.Equal(staff, await platform.QueryAsync<Guid>("members", "select account_id from location_staff where location_id = @location order by 1", new { location }));
        return staff;
    }

    public static async Task<string> RoleOfAsync(this RunningPlatform platform, Person person) =>
        (await platform.QueryAsync<string>("auth", "select role from accounts where id = @Id", new { person.Id })).Single();

    /// <summary>What a module says stays with it until it is let go: so facts of two modules cross.</summary>
    public static Task HoldFactsAsync(this RunningPlatform platform, string module) => platform.ExecuteAsync(
        module,
        """
        create function hold_back() returns trigger language plpgsql as $$ begin new.next_attempt_at := now() + interval '1 hour'; return new; end $$;
        create trigger hold_back before insert on outbox for each row execute function hold_back();
        """);

    public static Task LetFactsGoAsync(this RunningPlatform platform, string module) => platform.ExecuteAsync(
        module, "drop trigger hold_back on outbox; drop function hold_back(); update outbox set next_attempt_at = null");
}
