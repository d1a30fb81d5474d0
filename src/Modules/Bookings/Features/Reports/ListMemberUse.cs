using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Reports;

/// <summary>Everybody with a booking that counts, a row for each currency, whoever used most first.</summary>
internal static class ListMemberUse
{
    public static async Task<Results<Ok<IReadOnlyList<MemberUse>>, CsvAnswer<MemberUse>, ProblemHttpResult>> Handle(
        [StringLength(10)] string? from,
        [StringLength(10)] string? to,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [AllowedValues(null, "json", "csv")] string? format,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (rows, refusal) = await database.ReadReportAsync(
            new(from, to, locationId), user, time.GetUtcNow(), async (_, figures) => await figures.MembersAsync(cancellationToken), cancellationToken);
        return rows is null ? refusal! : format == "csv" ? Csv(rows) : TypedResults.Ok(rows);
    }

    private static CsvAnswer<MemberUse> Csv(IReadOnlyList<MemberUse> rows) => new(
        rows,
        "members.csv",
        new("member_id", row => row.Id),
        new("member", row => row.Name),
        new("currency", row => row.Currency),
        new("bookings", row => row.Bookings),
        new("hours", row => row.Hours),
        new("expected", row => row.Expected),
        new("paid", row => row.Paid),
        new("owed", row => row.Owed),
        new("cancelled", row => row.Cancelled),
        new("no_shows", row => row.NoShows));
}
