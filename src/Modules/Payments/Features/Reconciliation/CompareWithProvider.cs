using Microsoft.Extensions.Options;
using Portico.Payments.Providers;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Platform.Time;

namespace Portico.Payments.Features.Reconciliation;

/// <summary>
/// Every night: does the provider have what we have? What it has otherwise, and we know of, is asked about at once, since a webhook may
/// have been lost; what is left then is for people.
/// </summary>
internal sealed class CompareWithProvider(
    Database<PaymentsModule> database, PaymentProviders providers, AskAboutPayment ask, CompareRefunds refunds, ComparisonMeter meter, IOptions<PaymentsOptions> options,
    TimeProvider time) : IScheduledJob
{
    public const string JobName = "compare-with-provider";
    private const int AtOnce = 500;

    // What is being begun at this moment is with the one and not yet with the other.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var provider = providers.Current;
        var now = time.GetStoredNow();
        var (since, until) = (now - TimeSpan.FromDays(options.Value.CompareDays), now - Settling);
        HashSet<string> there = [];
        List<Difference> found = [];
        await foreach (var page in provider.ListAsync(since, cancellationToken).Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            there.UnionWith(page.Select(payment => payment.Reference));
            found.AddRange(await CompareAsync(provider.Name, page, until, cancellationToken));
        }

        var here = await database.QueryAsync<Known>(
            """
            select id, provider_ref, status, amount, currency from payments
            where provider = @Name and provider_ref is not null and created_at between @from and @until
            """, new { provider.Name, from = since + Settling, until }, cancellationToken);
        found.AddRange(here.Where(payment => !there.Contains(payment.ProviderRef)).Select(payment => new Difference(payment.ProviderRef, "unknown_there", payment.Id, payment.Status, null)));
        found.AddRange(await refunds.FindAsync(provider, since, since + Settling, until, cancellationToken));
        await KeepAsync(provider.Name, found, there.Count, now, cancellationToken);
        meter.Found(found.Count);
    }

    private async Task<IEnumerable<Difference>> CompareAsync(string provider, ProviderPayment[] page, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(provider, page, cancellationToken);
        foreach (var behind in page.Where(payment => known.TryGetValue(payment.Reference, out var ours) && ours.Status != payment.Status))
        {
            await ask.AgainAsync(known[behind.Reference].Id, cancellationToken);
        }

        known = await ReadAsync(provider, page, cancellationToken);
        return page.Select(payment => known.TryGetValue(payment.Reference, out var ours)
            ? ours.Amount != payment.Amount || ours.Currency != payment.Currency
                ? new Difference(payment.Reference, "other_amount", ours.Id, $"{ours.Amount} {ours.Currency}", $"{payment.Amount} {payment.Currency}")
                : ours.Status != payment.Status ? new Difference(payment.Reference, "other_status", ours.Id, ours.Status, payment.Status) : null
            : new Difference(payment.Reference, "unknown_here", payment.PaymentId, null, payment.Status)).OfType<Difference>();
    }

    private async Task<Dictionary<string, Known>> ReadAsync(string provider, ProviderPayment[] page, CancellationToken cancellationToken) =>
        (await database.QueryAsync<Known>(
            "select id, provider_ref, status, amount, currency from payments where provider = @provider and provider_ref = any(@references)",
            new { provider, references = page.Select(payment => payment.Reference).ToArray() }, cancellationToken)).ToDictionary(payment => payment.ProviderRef);

    private async Task KeepAsync(string provider, IReadOnlyList<Difference> found, int compared, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.ExecuteAsync(
            """
            insert into differences (provider, provider_ref, kind, payment_id, here, there, found_at, seen_at)
            select @provider, one.reference, one.kind, one.payment_id, one.here, one.there, @now, @now
            from unnest(@references::text[], @kinds::text[], @ids::uuid[], @heres::text[], @theres::text[]) as one (reference, kind, payment_id, here, there)
            on conflict (provider, provider_ref, kind) do update set here = excluded.here, there = excluded.there, seen_at = excluded.seen_at;
            delete from differences where provider = @provider and seen_at < @now;
            insert into comparisons (provider, compared, at) values (@provider, @compared, @now)
            on conflict (provider) do update set compared = excluded.compared, at = excluded.at
            """,
            new
            {
                provider, compared, now,
                references = found.Select(one => one.Reference).ToArray(), kinds = found.Select(one => one.Kind).ToArray(), ids = found.Select(one => one.PaymentId).ToArray(),
                heres = found.Select(one => one.Here).ToArray(), theres = found.Select(one => one.There).ToArray(),
            }, cancellationToken);
        await change.CommitAsync(cancellationToken);
    }

    private sealed record Known(Guid Id, string ProviderRef, string Status, decimal Amount, string Currency);
}
