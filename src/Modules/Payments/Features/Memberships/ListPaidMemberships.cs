using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Memberships;

/// <summary>Of teams that the caller pays for, newest first.</summary>
internal static class ListPaidMemberships
{
    public static async Task<Ok<IReadOnlyList<MembershipResponse>>> Handle(Database<PaymentsModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.QueryAsync<MembershipResponse>(
            $"select {MembershipResponse.Columns} from {MembershipResponse.Tables} where member_id = @Id and team_id is not null order by memberships.id desc limit 200",
            new { user.Id }, cancellationToken));
}
