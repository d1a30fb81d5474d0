using Portico.Platform.Data;

namespace Portico.Payments.Features.DayPasses;

/// <summary>A day pass. Days are those of the house's time zone.</summary>
/// <param name="Left">Days that were not used.</param>
/// <param name="LastDay">The last one on which it can be used.</param>
/// <param name="LocationId">Where it is good; null for all locations.</param>
/// <param name="Price">Tax included, in <paramref name="Currency"/> (ISO 4217); 0 where staff gave it.</param>
/// <param name="AtDoor">Whether it was charged for a visit with neither plan nor pass.</param>
/// <param name="Status"><c>good</c>, <c>used_up</c>, <c>over</c>, <c>called_off</c> (with its charge) or <c>withdrawn</c>.</param>
/// <param name="TransactionId">What was charged for it.</param>
/// <param name="Reason">Why it was given, or withdrawn.</param>
public sealed record DayPassResponse(
    Guid Id, Guid MemberId, Guid OfferId, string Offer, int Days, int Left, DateOnly FirstDay, DateOnly LastDay, Guid? LocationId, decimal Price, string Currency,
    bool AtDoor, string Status, Guid? TransactionId, string? Reason, DateTimeOffset CreatedAt)
{
    /// <summary>Of the passes, by what day <c>@today</c> is.</summary>
    internal const string Columns =
        """
        pass.id, pass.member_id, pass.offer_id, offer.name as offer, pass.days, pass.days - pass.used as left, pass.first_day, pass.last_day, pass.location_id, pass.price,
        pass.currency, pass.at_door,
        case when pass.withdrawn_at is not null then 'withdrawn'
             when transactions.status = 'cancelled' or transactions.called_off is not null then 'called_off'
             when pass.used = pass.days then 'used_up' when pass.last_day < @today then 'over' else 'good' end as status,
        pass.transaction_id, coalesce(pass.withdrawal, pass.reason) as reason, pass.created_at
        """;

    internal const string Tables =
        "day_passes as pass join day_pass_offers as offer on offer.id = pass.offer_id left join transactions on transactions.id = pass.transaction_id";
}

internal static class DayPassAnswer
{
    /// <summary>How it stands in the change.</summary>
    public static async Task<DayPassResponse> ShowPassAsync(this Change change, Guid id, DateOnly today, CancellationToken cancellationToken) =>
        (await change.FindAsync<DayPassResponse>(
            $"select {DayPassResponse.Columns} from {DayPassResponse.Tables} where pass.id = @id", new { id, today }, cancellationToken))!;
}
