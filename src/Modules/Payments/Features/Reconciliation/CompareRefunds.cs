using Portico.Payments.Providers;
using Portico.Platform.Data;

namespace Portico.Payments.Features.Reconciliation;

/// <summary>What went back, as its provider has it and as it is here. What is behind is asked about at once.</summary>
internal sealed class CompareRefunds(Database<PaymentsModule> database, AskForRefund ask)
{
    private const int AtOnce = 500;

    /// <param name="since">From when on the provider is asked for.</param>
    /// <param name="from">From when on it has to have what is here.</param>
    /// <param name="until">What is later may be with the one and not yet with the other.</param>
    public async Task<IReadOnlyList<Difference>> FindAsync(
        IPaymentProvider provider, DateTimeOffset since, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        HashSet<string> there = [];
        List<Difference> found = [];
        await foreach (var page in provider.ListRefundsAsync(since, cancellationToken).Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            there.UnionWith(page.Select(refund => refund.Reference));
            found.AddRange(await CompareAsync(provider.Name, page, cancellationToken));
        }

        var here = await database.QueryAsync<Known>(
            $"select {Known.Columns} from {Known.Tables} where payments.provider = @Name and refunds.provider_ref is not null and refunds.created_at between @from and @until",
            new { provider.Name, from, until }, cancellationToken);
        found.AddRange(here.Where(refund => !there.Contains(refund.ProviderRef!)).Select(refund => new Difference(refund.ProviderRef!, "unknown_there", refund.PaymentId, refund.Status, null)));
        return found;
    }

    private async Task<IEnumerable<Difference>> CompareAsync(string provider, ProviderRefund[] page, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(provider, page, cancellationToken);
        foreach (var behind in page.Where(refund => Ours(known, refund) is { } ours && ours.Status != refund.Status))
        {
            await ask.AgainAsync(Ours(known, behind)!.Id, cancellationToken);
        }

        known = await ReadAsync(provider, page, cancellationToken);
        return page.Select(refund => Ours(known, refund) switch
        {
            null => new Difference(refund.Reference, "unknown_here", null, null, refund.Status),
            { } ours when ours.Amount != refund.Amount => new Difference(refund.Reference, "other_amount", ours.PaymentId, $"{ours.Amount}", $"{refund.Amount}"),
            { } ours when ours.Status != refund.Status => new Difference(refund.Reference, "other_status", ours.PaymentId, ours.Status, refund.Status),
            _ => null,
        }).OfType<Difference>();
    }

    // By our own id when the answer with theirs was lost.
    private static Known? Ours(IReadOnlyList<Known> known, ProviderRefund refund) =>
        known.FirstOrDefault(ours => ours.ProviderRef == refund.Reference || (ours.ProviderRef is null && ours.Id == refund.RefundId));

    private Task<IReadOnlyList<Known>> ReadAsync(string provider, ProviderRefund[] page, CancellationToken cancellationToken) => database.QueryAsync<Known>(
        $"""
        select {Known.Columns} from {Known.Tables}
        where payments.provider = @provider and (refunds.provider_ref = any(@references) or refunds.provider_ref is null and refunds.id = any(@ids))
        """,
        new { provider, references = page.Select(refund => refund.Reference).ToArray(), ids = page.Select(refund => refund.RefundId).OfType<Guid>().ToArray() }, cancellationToken);

    private sealed record Known(Guid Id, Guid PaymentId, string? ProviderRef, string Status, decimal Amount)
    {
        public const string Columns = "refunds.id, refunds.payment_id, refunds.provider_ref, refunds.status, refunds.amount";
        public const string Tables = "refunds join payments on payments.id = refunds.payment_id";
    }
}
