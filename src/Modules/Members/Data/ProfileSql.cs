using Portico.Contracts.Auth;
using Portico.Members.Domain.Visits;
using Portico.Platform.Data;

namespace Portico.Members.Data;

/// <summary>What is written to profiles when Auth speaks, by a message or in the nightly comparison.</summary>
internal static class ProfileSql
{
    /// <summary>
    /// Makes sure that there is a profile to write to. A message about an account that nobody here heard of makes one that has
    /// only the id; what is missing comes with the nightly comparison.
    /// </summary>
    public static Task EnsureProfileAsync(this Change change, Guid id, DateTimeOffset at, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            "insert into profiles (id, username, role, created_at) values (@id, @id::text, @role, @at) on conflict (id) do nothing",
            new { id, role = Roles.Member, at }, cancellationToken);

    public static Task ChangeRoleAsync(this Change change, Guid id, string role, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            "update profiles set role = @role where id = @id and status <> 'deleted'", new { id, role }, cancellationToken);

    public static Task SuspendAsync(this Change change, Guid id, DateTimeOffset at, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            "update profiles set status = 'suspended', suspended_at = @at where id = @id and status = 'active'", new { id, at }, cancellationToken);

    public static Task ReinstateAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            "update profiles set status = 'active', suspended_at = null where id = @id and status = 'suspended'", new { id }, cancellationToken);

    /// <summary>Makes the profile say what the account says.</summary>
    public static async Task CopyAccountAsync(this Change change, AccountRow account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await change.ExecuteAsync(
            """
            update profiles set username = @Username, email = @Email, name = @Name, surname = @Surname, created_at = @CreatedAt
            where id = @Id
            """, account, cancellationToken);
        await change.ChangeRoleAsync(account.Id, account.Role, cancellationToken);
        await (account.Status == "suspended"
            ? change.SuspendAsync(account.Id, now, cancellationToken)
            : change.ReinstateAsync(account.Id, cancellationToken));
    }

    /// <summary>Leaves nothing that tells who it was. Visits stay, as the visits of nobody in particular; an open one ends.</summary>
    public static async Task AnonymiseAsync(this Change change, Guid id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await change.LockVisitorAsync(id, cancellationToken);
        await change.ExecuteAsync(
            """
            update profiles
            set username = 'deleted', email = null, name = null, surname = null, phone = null, company = null, bio = null,
                language = 'en', time_zone = null, status = 'deleted', suspended_at = null
            where id = @id
            """, new { id }, cancellationToken);
        if (await change.FindAsync<Guid?>("select id from visits where member_id = @id and ended_at is null", new { id }, cancellationToken) is { } open)
        {
            var visit = await change.FindVisitAsync(open, cancellationToken);
            if (visit.ClosesAt <= at)
            {
                await change.EndAsync(id, visit, visit.ClosesAt, VisitEnd.ClosingTime, null, cancellationToken);
            }
            else
            {
                var end = at > visit.StartedAt ? at : visit.StartedAt.AddMilliseconds(1);
                await change.EndAsync(id, visit, end, VisitEnd.AccountDeleted, null, cancellationToken);
            }
        }
    }
}
