using Portico.Bookings.Data;
using Portico.Contracts.Demo;
using Portico.Platform.Data;
using Portico.Platform.Modules;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Demo;

/// <summary>Two plans, the companies that pay for some, and those who have a plan of their own.</summary>
internal sealed class DemoTeams(Database<BookingsModule> database, TimeProvider time) : IDemoData
{
    private static readonly Guid Resident = Id(4, 1);
    private static readonly Guid Flex = Id(4, 2);

    private static readonly (Guid Id, string Name, Guid Plan, string[] Members)[] Teams =
    [
        (Id(5, 1), "Studio Lampo", Resident, ["luca", "sofia", "chiara"]),
        (Id(5, 2), "Harbor & Co", Flex, ["daniel", "wei"]),
    ];

    private static readonly (string Member, Guid Plan)[] Own = [("matteo", Flex), ("yuki", Resident)];

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        // Not where somebody has plans or teams already.
        if (await change.FindAsync<bool>("select exists (select from plans) or exists (select from teams)", null, cancellationToken))
        {
            return;
        }

        var now = time.GetStoredNow();
        await AddPlanAsync(change, Resident, "Resident", 20, 60, now, cancellationToken);
        await AddPlanAsync(change, Flex, "Flex", 10, 20, now, cancellationToken);
        foreach (var (id, name, planId, members) in Teams)
        {
            await change.ExecuteAsync(
                "insert into teams (id, name, plan_id, created_at) values (@id, @name, @planId, @now)", new { id, name, planId, now }, cancellationToken);
            await change.ExecuteAsync(
                """
                insert into team_members (member_id, team_id, added_at)
                select people.id, @id, @now from people where people.id = any(@people) and status <> 'deleted'
                on conflict do nothing
                """, new { id, people = members.Select(Person).ToArray(), now }, cancellationToken);
        }

        foreach (var (member, planId) in Own)
        {
            await change.ExecuteAsync(
                """
                insert into member_plans (member_id, plan_id, since) select people.id, @planId, @now from people where people.id = @id and status <> 'deleted'
                on conflict do nothing
                """, new { id = Person(member), planId, now }, cancellationToken);
        }

        var known = await change.QueryAsync<Guid>("select member_id from held_plans", null, cancellationToken);
        await change.TellPlansAsync([.. known], now, cancellationToken);
        await change.CommitAsync(cancellationToken);
    }

    private static Task<int> AddPlanAsync(
        Change change, Guid id, string name, decimal discount, decimal hours, DateTimeOffset now, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            insert into plans (id, name, discount_percent, monthly_credit_hours, created_at) values (@id, @name, @discount, @hours, @now)
            """, new { id, name, discount, hours, now }, cancellationToken);

    private static Guid Person(string username) => DemoPeople.Members.Single(person => person.Username == username).Id;

    private static Guid Id(int kind, int number) => Guid.Parse($"0190a000-0000-7000-8{kind:d3}-{number:d12}");
}
