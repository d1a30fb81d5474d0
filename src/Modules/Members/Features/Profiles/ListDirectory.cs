using System.ComponentModel.DataAnnotations;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Profiles;

/// <summary>Somebody in the directory. Only administrators are told the e-mail address, and may search for it.</summary>
public sealed record DirectoryEntry(
    Guid Id, string Username, string? Name, string? Surname, string? Email, string Role, string Status, DateTimeOffset CreatedAt);

/// <summary>
/// Everybody, by username. Managers see all members, since members may visit any location, but no e-mail addresses.
/// </summary>
internal static class ListDirectory
{
    // A file is not cut into pages; whoever has more members than this narrows the search.
    private const int LongestFile = 100_000;

    public static async Task<Results<Ok<Page<DirectoryEntry>>, CsvAnswer<DirectoryEntry>, ProblemHttpResult>> Handle(
        [StringLength(100)] string? q,
        [AllowedValues(null, Roles.Member, Roles.Manager, Roles.Admin, Roles.Kiosk)] string? role,
        [AllowedValues(null, "active", "suspended", "deleted")] string? status,
        [AllowedValues(null, "json", "csv")] string? format,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryRead(after, out var cursor))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var isCsv = format == "csv";
        var size = isCsv ? LongestFile : limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<DirectoryEntry>(
            """
            select id, username, name, surname, case when @isAdmin then email end as email, role, status, created_at
            from profiles
            where (@pattern::text is null
                   or username ilike @pattern or name ilike @pattern or surname ilike @pattern
                   or concat_ws(' ', name, surname) ilike @pattern or (@isAdmin and email ilike @pattern))
              and (@role::text is null or role = @role)
              and (status = @status or (@status::text is null and status <> 'deleted'))
              and (@afterId::uuid is null or (lower(username), id) > (@afterName, @afterId))
            order by lower(username), id
            limit @size + 1
            """,
            new { isAdmin = user.IsAdmin, pattern = Pattern(q), role, status, afterName = cursor?.Value, afterId = cursor?.Id, size },
            cancellationToken);
        return isCsv
            ? Csv([.. rows.Take(size)])
            : TypedResults.Ok(Paging.Cut(rows, size, last => Cursor.Of(last.Username.ToLowerInvariant(), last.Id)));
    }

    private static string? Pattern(string? q) => string.IsNullOrWhiteSpace(q)
        ? null
        : $"%{q.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";

    private static CsvAnswer<DirectoryEntry> Csv(IReadOnlyList<DirectoryEntry> rows) => new(
        rows,
        "directory.csv",
        new("id", row => row.Id),
        new("username", row => row.Username),
        new("name", row => row.Name),
        new("surname", row => row.Surname),
        new("email", row => row.Email),
        new("role", row => row.Role),
        new("status", row => row.Status),
        new("created_at", row => row.CreatedAt));
}
