using Portico.Contracts.Auth;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

internal static class PeopleSql
{
    /// <summary>How somebody is called, in SQL over <c>people</c>.</summary>
    public const string Name = "coalesce(nullif(concat_ws(' ', people.name, people.surname), ''), people.username)";

    /// <summary>
    /// Makes sure that there is somebody to write to. A message about an account that nobody here heard of makes one that has
    /// only the id; the rest comes with its other messages.
    /// </summary>
    public static Task EnsurePersonAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            "insert into people (id, username, role) values (@id, @id::text, @role) on conflict (id) do nothing",
            new { id, role = Roles.Member }, cancellationToken);

    /// <summary>Whether there is somebody to give something to, who then stays until the change ends.</summary>
    public static async Task<bool> HoldMemberAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        await change.FindAsync<string>(
            "select status from people where id = @id and role <> @kiosk for no key update", new { id, kiosk = Roles.Kiosk }, cancellationToken)
            is not (null or "deleted");
}
