using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>A saved card as those see it who change it.</summary>
internal sealed record CardRow(
    Guid Id, Guid MemberId, string Provider, string? SetupRef, string? ProviderRef, string Status, bool ForMemberships, int Asked, DateTimeOffset CreatedAt)
{
    public const string Columns =
        "cards.id, cards.member_id, cards.provider, cards.setup_ref, cards.provider_ref, cards.status, cards.for_memberships, cards.asked, cards.created_at";
}

internal static class CardSql
{
    /// <summary>Whoever changes which cards a member has waits for whoever does so already. Nobody has any before.</summary>
    public static Task LockCustomerAsync(this Change change, Guid memberId, string provider, DateTimeOffset now, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            insert into customers (member_id, provider, created_at) values (@memberId, @provider, @now)
            on conflict (member_id, provider) do update set provider = excluded.provider
            """, new { memberId, provider, now }, cancellationToken);

    /// <summary>The one card of a member's that memberships are collected with; none where it is null.</summary>
    public static Task MakeDefaultAsync(this Change change, Guid memberId, string provider, Guid? cardId, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            update cards set is_default = false where member_id = @memberId and provider = @provider and is_default and id is distinct from @cardId::uuid;
            update cards set is_default = true where id = @cardId and status = 'saved'
            """, new { memberId, provider, cardId }, cancellationToken);

    /// <summary>The card that a payment was made with is kept. Its provider is asked what of it may be known.</summary>
    public static Task KeepCardAsync(this Change change, PaymentRow payment, string reference, DateTimeOffset now, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            insert into cards (id, member_id, provider, payment_id, provider_ref, status, ask_at, created_at)
            select @id, member_id, provider, @PaymentId, @reference, 'open', @now, @now from customers
            where member_id = @MemberId and provider = @Provider and not unwanted
            on conflict do nothing
            """, new { id = Guid.CreateVersion7(now), PaymentId = payment.Id, payment.MemberId, payment.Provider, reference, now }, cancellationToken);
}
