using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Plans;

/// <summary>Why hours came or went.</summary>
public enum CreditKind
{
    /// <summary>The plan's, for a month.</summary>
    Grant,

    /// <summary>Taken by a booking.</summary>
    Use,

    /// <summary>Given back by a booking.</summary>
    Return,

    /// <summary>By hand.</summary>
    Adjustment,
}

/// <summary>A line of the ledger. Lines are never changed and never taken away.</summary>
/// <param name="Month">The month for whose bookings the hours are.</param>
/// <param name="Hours">Negative when they went.</param>
public sealed record CreditEntryResponse(
    Guid Id, string Month, decimal Hours, CreditKind Kind, string? Plan, Guid? BookingId, Guid? ById, string? Reason, DateTimeOffset At);

/// <summary>The ledger of one who pays.</summary>
internal static class CreditEntryList
{
    public static ProblemHttpResult NotReady() =>
        Problems.NotFound("profile-not-ready", "The account is too new to be known here. Try again in a moment.");

    public static async Task<Page<CreditEntryResponse>> PageAsync(
        Database<BookingsModule> database, Payer payer, Cursor? cursor, int size, CancellationToken cancellationToken)
    {
        // Entries stay, so the last one shown can say itself where it stands.
        var rows = await database.QueryAsync<CreditEntryResponse>(
            """
            select entry.id, to_char(entry.month, 'YYYY-MM') as month, entry.hours, entry.kind, plans.name as plan, entry.booking_id, entry.by_id,
                   entry.reason, entry.at
            from credit_entries as entry left join plans on plans.id = entry.plan_id
            where entry.payer_kind = @Kind and entry.payer_id = @Id
              and (@afterId::uuid is null or entry.seq < (select last.seq from credit_entries as last where last.id = @afterId))
            order by entry.seq desc
            limit @size + 1
            """, new { payer.Kind, payer.Id, afterId = cursor?.Id, size }, cancellationToken);
        return Paging.Cut(rows, size, last => Cursor.Of("", last.Id));
    }
}
