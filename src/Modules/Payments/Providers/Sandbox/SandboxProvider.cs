using System.Runtime.CompilerServices;
using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Payments.Providers.Sandbox;

/// <summary>
/// Takes no money: for trying Portico out, and for its tests. It answers as Stripe does to Stripe's test cards, and tells what
/// happened by webhooks that it signs and sends over HTTP.
/// </summary>
internal sealed class SandboxProvider(Database<PaymentsModule> database, SandboxBell bell, TimeProvider time) : IPaymentProvider
{
    public const string ProviderName = "sandbox";

    public string Name => ProviderName;

    public async Task<ProviderPayment> CreateAsync(NewPayment payment, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var intent = await change.FindAsync<SandboxIntent>(
            $"""
            insert into sandbox_intents (id, payment_id, amount, currency, status, created_at, customer_id, save_card, payment_method)
            values (@id, @paymentId, @Amount, @Currency, 'requires_payment_method', @now, @Customer, @SaveCard, @Card)
            on conflict (payment_id) do update set payment_id = excluded.payment_id
            returning {SandboxIntent.Columns}
            """,
            new
            {
                id = $"pi_{Guid.CreateVersion7():N}", paymentId = payment.Id, payment.Amount, payment.Currency, payment.Customer, payment.SaveCard, payment.Card,
                now = time.GetStoredNow(),
            }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return intent!.Payment;
    }

    public async Task<ProviderPayment> ChargeAsync(Guid paymentId, string reference, string card, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var intent = await change.FindAsync<SandboxIntent>(
            $"select {SandboxIntent.Columns} from sandbox_intents where id = @reference for update", new { reference }, cancellationToken) ?? throw Missing(reference);
        if (intent is not { Status: "requires_payment_method", Failure: null })
        {
            return intent.Payment;
        }

        var saved = await change.FindSavedAsync(card, cancellationToken);
        if (saved is null || saved.CustomerId != intent.CustomerId)
        {
            throw Missing(card);
        }

        var known = SandboxCards.Named(saved.Card);
        var decline = known.AsksAlways ? Collections.AsksOwner : known.Decline;
        intent = await change.MoveAsync(
            intent with { PaymentMethod = saved.Id }, decline is null ? "succeeded" : "requires_payment_method", decline, known, bell, time.GetStoredNow(), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return intent.Payment;
    }

    public async Task<ProviderPayment> FindAsync(string reference, CancellationToken cancellationToken) =>
        (await database.FindAsync<SandboxIntent>($"select {SandboxIntent.Columns} from sandbox_intents where id = @reference", new { reference }, cancellationToken))?.Payment
        ?? throw Missing(reference);

    public async Task<ProviderPayment> CancelAsync(string reference, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<SandboxIntent>(
            $"update sandbox_intents set status = 'canceled' where id = @reference and status in ('requires_payment_method', 'requires_action') returning {SandboxIntent.Columns}",
            new { reference }, cancellationToken) is { } canceled)
        {
            await change.TellAsync("payment_intent.canceled", canceled.Json, time.GetStoredNow(), bell, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        return await FindAsync(reference, cancellationToken);
    }

    public async Task<ProviderRefund> RefundAsync(
        Guid refundId, string paymentReference, decimal amount, string currency, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        var intent = await change.FindAsync<SandboxIntent>(
            $"select {SandboxIntent.Columns} from sandbox_intents where id = @paymentReference for update", new { paymentReference }, cancellationToken)
            ?? throw Missing(paymentReference);
        if (await FindRefundAsync(change, "refund_id = @refundId", new { refundId }, cancellationToken) is { } known)
        {
            return known.Refund;
        }

        var given = await change.FindAsync<decimal>(
            "select coalesce(sum(amount), 0) from sandbox_refunds where intent_id = @Id and status <> 'failed'", new { intent.Id }, cancellationToken);
        if (intent.Status != "succeeded" || given + amount > intent.Amount)
        {
            throw new ProviderRefusedException("charge_already_refunded", "More would be given back than was paid.");
        }

        var card = SandboxCards.Named(intent.Card!);
        var refund = new SandboxRefund($"re_{Guid.CreateVersion7():N}", refundId, intent.Id, amount, currency, card.RefundsSlowly ? "pending" : "succeeded", now);
        var end = refund with { Status = card.RefundsFail ? "failed" : "succeeded" };
        await change.WriteAsync(
            "insert into sandbox_refunds (id, refund_id, intent_id, amount, status, created_at) values (@Id, @RefundId, @IntentId, @Amount, @Status, @CreatedAt)",
            end, cancellationToken);
        await change.TellAsync("refund.created", refund.Json, now, bell, cancellationToken);
        if (card.RefundsSlowly)
        {
            await change.TellAsync(card.RefundsFail ? "refund.failed" : "refund.updated", end.Json, now, bell, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        return refund.Refund;
    }

    public async Task<ProviderRefund> FindRefundAsync(string reference, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        return (await FindRefundAsync(change, "sandbox_refunds.id = @reference", new { reference }, cancellationToken))?.Refund ?? throw Missing(reference);
    }

    public async Task<string> CreateCustomerAsync(Guid memberId, CancellationToken cancellationToken) => (await ChangeAsync<string>(
        "insert into sandbox_customers (id, member_id) values (@id, @memberId) on conflict (member_id) do update set member_id = excluded.member_id returning id",
        new { id = $"cus_{Guid.CreateVersion7():N}", memberId }, cancellationToken))!;

    public Task DeleteCustomerAsync(string customer, CancellationToken cancellationToken) =>
        ChangeAsync<string>("delete from sandbox_customers where id = @customer", new { customer }, cancellationToken);

    public async Task<ProviderSetup> CreateSetupAsync(Guid cardId, string customer, CancellationToken cancellationToken) => (await ChangeAsync<SandboxSetup>(
        $"""
        insert into sandbox_setups (id, card_id, customer_id, status) values (@id, @cardId, @customer, 'requires_payment_method')
        on conflict (card_id) do update set card_id = excluded.card_id returning {SandboxSetup.Columns}
        """, new { id = $"seti_{Guid.CreateVersion7():N}", cardId, customer }, cancellationToken))!.Setup;

    public async Task<ProviderSetup> FindSetupAsync(string reference, CancellationToken cancellationToken) =>
        (await database.FindAsync<SandboxSetup>($"select {SandboxSetup.Columns} from sandbox_setups where id = @reference", new { reference }, cancellationToken))?.Setup
        ?? throw Missing(reference);

    public async Task<ProviderCard?> FindCardAsync(string reference, CancellationToken cancellationToken) => (await database.FindAsync<SandboxSavedCard>(
        $"select {SandboxSavedCard.Columns} from sandbox_cards where id = @reference and attached", new { reference }, cancellationToken))?.Told;

    public Task RemoveCardAsync(string reference, CancellationToken cancellationToken) =>
        ChangeAsync<string>("update sandbox_cards set attached = false where id = @reference", new { reference }, cancellationToken);

    public async IAsyncEnumerable<ProviderPayment> ListAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var intent in await database.QueryAsync<SandboxIntent>(
            $"select {SandboxIntent.Columns} from sandbox_intents where created_at >= @since order by id", new { since }, cancellationToken))
        {
            yield return intent.Payment;
        }
    }

    private async Task<T?> ChangeAsync<T>(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var found = await change.FindAsync<T>(sql, parameters, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return found;
    }

    private static Task<SandboxRefund?> FindRefundAsync(Change change, string where, object parameters, CancellationToken cancellationToken) =>
        change.FindAsync<SandboxRefund>(
            $"""
            select sandbox_refunds.id, refund_id, intent_id, sandbox_refunds.amount, currency, sandbox_refunds.status, sandbox_refunds.created_at
            from sandbox_refunds join sandbox_intents on sandbox_intents.id = intent_id where {where}
            """, parameters, cancellationToken);

    private static ProviderRefusedException Missing(string reference) => new("resource_missing", $"The sandbox has no {reference}.");
}
