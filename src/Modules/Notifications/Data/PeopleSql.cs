using Portico.Contracts.Auth;
using Portico.Platform.Data;

namespace Portico.Notifications.Data;

/// <summary>Somebody who may be written to.</summary>
internal sealed record PersonRow(Guid Id, string Username, string? Email, string? Name, string? Language, string Status)
{
    public const string Columns = "id, username, email, name, language, status";

    public bool IsDeleted => Status == "deleted";
}

internal static class PeopleSql
{
    // One that is there already knows better.
    public static Task MeetAsync(this Change change, UserRegistered fact, CancellationToken cancellationToken) => change.ExecuteAsync(
        "insert into people (id, username, email, name, role) values (@UserId, @Username, @Email, @Name, @Role) on conflict (id) do nothing", fact, cancellationToken);

    public static Task RenameAsync(this Change change, UserChanged fact, CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        insert into people (id, username, email, name) values (@UserId, @Username, @Email, @Name)
        on conflict (id) do update set username = excluded.username, email = excluded.email, name = excluded.name where people.status <> 'deleted'
        """, fact, cancellationToken);

    public static Task PromoteAsync(this Change change, UserRoleChanged fact, CancellationToken cancellationToken) => change.ExecuteAsync(
        "update people set role = @Role where id = @UserId", fact, cancellationToken);

    /// <summary>Whatever tells who it was goes; what was still to be told is not told any more.</summary>
    public static Task ForgetAsync(this Change change, UserDeleted fact, DateTimeOffset now, CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        insert into people (id, username, status) values (@UserId, 'deleted', 'deleted')
        on conflict (id) do update set username = 'deleted', email = null, name = null, language = null, status = 'deleted';
        delete from unwanted where member_id = @UserId;
        delete from notifications where member_id = @UserId;
        update deliveries set status = 'dropped', failure = 'account_deleted', settled_at = @now, payload = null where member_id = @UserId and status = 'waiting' and endpoint_id is null;
        update deliveries set payload = null where member_id = @UserId and status <> 'waiting'
        """, new { fact.UserId, now }, cancellationToken);
}
