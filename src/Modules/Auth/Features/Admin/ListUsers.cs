using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Auth.Domain;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Admin;

/// <summary>Accounts by name. Deleted ones only when <c>status=deleted</c> asks for them.</summary>
internal static class ListUsers
{
    private const int LengthOfId = 36;

    public static async Task<Results<Ok<Page<UserResponse>>, ProblemHttpResult>> Handle(
        Database<AuthModule> database,
        CancellationToken cancellationToken,
        [StringLength(100)] string? q = null,
        [AllowedValues(null, Roles.Member, Roles.Manager, Roles.Admin, Roles.Kiosk)] string? role = null,
        [AllowedValues(null, Account.Active, Account.Suspended, Account.Deleted)] string? status = null,
        [FromQuery(Name = "after")] string? after = null,
        [Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit)
    {
        if (!Paging.TryDecode(after, out var key) || !TryRead(key, out var afterName, out var afterId))
        {
            return Problems.Invalid("after", "This is not the end of a page of ours.");
        }

        var rows = await database.QueryAsync<UserResponse>(
            $"""
            select {UserSql.Columns} from accounts
            where (status = @status or (@status is null and status <> 'deleted'))
              and (@role is null or role = @role)
              and (@q is null or position(lower(@q) in lower(concat_ws(' ', username, email, name, surname))) > 0)
              and (@afterName is null or (lower(username), id) > (@afterName, @afterId))
            order by lower(username), id limit @limit + 1
            """, new { q = PersonalDetails.OrNull(q), role, status, afterName, afterId, limit }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, limit, user => $"{user.Id} {user.Username.ToLowerInvariant()}"));
    }

    private static bool TryRead(string? key, out string? name, out Guid? id)
    {
        (name, id) = (null, null);
        if (key is null)
        {
            return true;
        }

        if (key.Length <= LengthOfId + 1 || !Guid.TryParseExact(key[..LengthOfId], "D", out var last))
        {
            return false;
        }

        (name, id) = (key[(LengthOfId + 1)..], last);
        return true;
    }
}
