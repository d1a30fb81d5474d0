using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Reports;

/// <summary>What went on in some days. Each figure says what it counts; all are of one moment.</summary>
/// <param name="Cancellations">Called off after they were confirmed; what was kept of them is with the money.</param>
/// <param name="NoShows">Nobody came.</param>
/// <param name="Use">How much of the open time was booked.</param>
/// <param name="Hours">The same by hour of the day.</param>
/// <param name="Spaces">The same by space, the busiest first.</param>
/// <param name="Money">By currency: currencies are never added up.</param>
/// <param name="MembersByHours">The ten who used most.</param>
/// <param name="MembersByMoney">The ten who bring most in each currency.</param>
public sealed record ReportResponse(
    DateOnly From,
    DateOnly To,
    IReadOnlyList<NamedPlace> Locations,
    BookingCounts Bookings,
    Share Cancellations,
    Share NoShows,
    LeadTimes LeadTimes,
    TimeUse Use,
    IReadOnlyList<HourUse> Hours,
    IReadOnlyList<SpaceUse> Spaces,
    IReadOnlyList<MoneyFigures> Money,
    IReadOnlyList<TopByHours> MembersByHours,
    IReadOnlyList<TopByMoney> MembersByMoney);

internal static class ShowReport
{
    private const int Top = 10;

    public static async Task<Results<Ok<ReportResponse>, ProblemHttpResult>> Handle(
        [StringLength(10)] string? from,
        [StringLength(10)] string? to,
        [FromQuery(Name = "location_id")] Guid? locationId,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (report, refusal) = await database.ReadReportAsync(
            new(from, to, locationId), user, time.GetUtcNow(), (scope, figures) => SumUpAsync(scope, figures, cancellationToken), cancellationToken);
        return report is null ? refusal! : TypedResults.Ok(report);
    }

    private static async Task<ReportResponse> SumUpAsync(ReportScope scope, ReportFigures figures, CancellationToken cancellationToken)
    {
        var counts = await figures.CountAsync(cancellationToken);
        var use = await figures.UseAsync(cancellationToken);
        var members = await figures.MembersAsync(cancellationToken);
        return new(
            scope.From, scope.To, [.. scope.Places.Select(place => place.Named)], counts.Bookings, counts.Cancellations, counts.NoShows, counts.Lead,
            use.All, use.Hours, use.Spaces, await figures.MoneyAsync(cancellationToken), MostHours(members), MostMoney(members));
    }

    private static IReadOnlyList<TopByHours> MostHours(IReadOnlyList<MemberUse> members) =>
    [
        .. members.GroupBy(member => member.Id)
            .Select(member => new TopByHours(member.Key, member.First().Name, member.Sum(row => row.Bookings), member.Sum(row => row.Hours)))
            .Where(member => member.Hours > 0)
            .OrderByDescending(member => member.Hours).ThenBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Id).Take(Top),
    ];

    private static IReadOnlyList<TopByMoney> MostMoney(IReadOnlyList<MemberUse> members) =>
    [
        .. members.Where(member => member.Expected > 0).GroupBy(member => member.Currency).OrderBy(currency => currency.Key, StringComparer.Ordinal)
            .SelectMany(currency => currency
                .OrderByDescending(member => member.Expected).ThenBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Id).Take(Top)
                .Select(member => new TopByMoney(member.Id, member.Name, member.Currency, member.Expected))),
    ];
}
