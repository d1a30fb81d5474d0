using Portico.Platform.Data;

namespace Portico.Payments.Features.Reconciliation;

/// <summary>A payment or refund that the provider has otherwise than Portico.</summary>
/// <param name="Kind"><c>unknown_here</c>, <c>unknown_there</c>, <c>other_status</c> or <c>other_amount</c>.</param>
/// <param name="FoundAt">Since when it is known.</param>
public sealed record DifferenceResponse(
    string Provider, string ProviderRef, string Kind, Guid? PaymentId, string? Here, string? There, DateTimeOffset FoundAt, DateTimeOffset SeenAt);

/// <summary>What the last comparison found.</summary>
/// <param name="ComparedAt">Null before the first one.</param>
/// <param name="Compared">How many payments the provider had.</param>
public sealed record DifferencesResponse(DateTimeOffset? ComparedAt, int Compared, IReadOnlyList<DifferenceResponse> Differences);

internal static class ShowDifferences
{
    public static async Task<Ok<DifferencesResponse>> Handle(Database<PaymentsModule> database, CancellationToken cancellationToken)
    {
        var last = await database.FindAsync<Comparison>("select at, compared from comparisons order by at desc limit 1", null, cancellationToken);
        var differences = await database.QueryAsync<DifferenceResponse>(
            "select provider, provider_ref, kind, payment_id, here, there, found_at, seen_at from differences order by found_at desc, provider_ref limit 1000", null, cancellationToken);
        return TypedResults.Ok(new DifferencesResponse(last?.At, last?.Compared ?? 0, differences));
    }

    private sealed record Comparison(DateTimeOffset At, int Compared);
}
