using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Analytics.Data;

/// <summary>What the caller sees: everything, the locations they run, or themselves.</summary>
/// <param name="Subjects">Whose counters these are.</param>
/// <param name="MemberId">Whose bookings and visits, or null: everybody's.</param>
/// <param name="Locations">Where, or null: everywhere.</param>
internal sealed record Sight(Guid[] Subjects, Guid? MemberId, Guid[]? Locations)
{
    /// <summary>True in SQL for a booking or visit that the caller sees; takes the parameters of <see cref="In"/>.</summary>
    public const string Sql = "(@memberId::uuid is null or member_id = @memberId) and (@locations::uuid[] is null or location_id = any(@locations))";

    private static readonly Guid House = Guid.Empty;

    public object In(Period period) => new { from = period.From, to = period.To, MemberId, Locations };

    /// <summary>The same of some days.</summary>
    public static async Task<(Sight? Sight, Period? Period, ProblemHttpResult? Refusal)> ReadAsync(
        string? from, string? to, Guid? locationId, Database<AnalyticsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (period, wrong) = Period.Read(from, to, time.GetUtcNow());
        if (period is null)
        {
            return (null, null, wrong);
        }

        var (sight, refusal) = await ReadAsync(database, user, locationId, cancellationToken);
        return (sight, period, refusal);
    }

    public static async Task<(Sight? Sight, ProblemHttpResult? Refusal)> ReadAsync(
        Database<AnalyticsModule> database, CurrentUser user, Guid? locationId, CancellationToken cancellationToken)
    {
        if (locationId is null && user.Role != Roles.Manager)
        {
            return (user.IsAdmin ? new([House], null, null) : new([user.Id], user.Id, null), null);
        }

        var run = await database.QueryAsync<Guid>(
            """
            select id from locations
            where (@locationId::uuid is null or id = @locationId)
              and (@isAdmin or @isManager and id in (select location_id from location_staff where account_id = @userId))
            order by id
            """,
            new { locationId, user.IsAdmin, isManager = user.Role == Roles.Manager, userId = user.Id }, cancellationToken);
        return locationId is not null && run.Count == 0
            ? (null, Problems.NotFound("location-not-found", "There is no such location."))
            : (new([.. run], null, [.. run]), null);
    }
}
