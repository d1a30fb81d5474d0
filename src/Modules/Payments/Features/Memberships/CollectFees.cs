using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Payments.Providers;
using Portico.Platform.Data;

namespace Portico.Payments.Features.Memberships;

/// <summary>
/// Takes what is owed for memberships from the cards that members have chosen for it: once when it is charged, and once on each day of a
/// reminder. Here a payment is begun, durably; its provider is asked for it afterwards, and again until it has answered.
/// </summary>
internal sealed class CollectFees(
    Database<PaymentsModule> database, PaymentProviders providers, IOptions<MembershipOptions> options, HouseClock clock, ProviderBell bell, ILogger<CollectFees> logger)
{
    // A card whose bank asks its owner is not tried again: its member pays by hand, or chooses another.
    private const string Due =
        """
        membership_fees as fee
        join transactions on transactions.id = fee.transaction_id
        join memberships on memberships.id = fee.membership_id
        join cards on cards.member_id = transactions.member_id and cards.provider = @provider and cards.is_default
        cross join lateral (select 1 + count(*)::int as attempt from unnest(@days::int[]) as day where fee.due_on + day <= @today) as turn
        where transactions.status = 'owed' and transactions.fee is not null and transactions.called_off is null and memberships.status <> 'ended'
          and not exists (select from payment_lines where transaction_id = transactions.id and live)
          and not exists (
              select from collections as earlier join payments on payments.id = earlier.payment_id
              where earlier.transaction_id = transactions.id
                and (earlier.attempt >= turn.attempt or (payments.card_id = cards.id and payments.failure = @AsksOwner)))
        """;

    /// <summary>Answers how many nobody could begin to collect.</summary>
    public Task<int> RunAsync(CancellationToken cancellationToken) => EachDue.RunAsync(
        last => database.QueryAsync<Guid>(
            $"select transactions.id from {Due} and (@id::uuid is null or transactions.id > @id) order by transactions.id limit @AtOnce", Now(last), cancellationToken),
        id => BeginAsync(id, cancellationToken),
        logger.CollectionIsStuck);

    private async Task BeginAsync(Guid transactionId, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<MembershipRow>(
            $"""
            select {MembershipRow.Columns} from memberships
            where id = (select membership_id from membership_fees where transaction_id = @transactionId) for update skip locked
            """, new { transactionId }, cancellationToken) is not { } membership)
        {
            return;
        }

        // Looked at again with the accounts open: another run may have been here, or its member be paying.
        await change.OpenAllAsync(membership.MemberId, cancellationToken);
        if (await change.FindAsync<Fee>(
            $"select transactions.amount, turn.attempt, cards.id as card_id from {Due} and transactions.id = @id", Now(transactionId), cancellationToken) is not { } fee)
        {
            return;
        }

        var now = clock.Now;
        await change.WriteAsync(
            """
            insert into payments (id, member_id, amount, currency, provider, status, card_id, ask_at, created_by, created_at)
            values (@id, @MemberId, @Amount, @Currency, @provider, 'creating', @CardId, @now, @Nobody, @now);
            insert into payment_lines (payment_id, transaction_id, amount) values (@id, @transactionId, @Amount);
            insert into collections (transaction_id, attempt, payment_id, at) values (@transactionId, @Attempt, @id, @now)
            """,
            new
            {
                id = Guid.CreateVersion7(now), membership.MemberId, fee.Amount, membership.Currency, provider = providers.Current.Name, fee.CardId, transactionId,
                fee.Attempt, Ledger.Nobody, now,
            }, cancellationToken);
        change.AfterCommit(bell.Ring);
        await change.CommitAsync(cancellationToken);
    }

    private object Now(Guid? id) => new
    {
        id, EachDue.AtOnce, today = clock.DayOf(clock.Now), days = options.Value.Reminders, provider = providers.Current.Name, Collections.AsksOwner,
    };

    private sealed record Fee(decimal Amount, int Attempt, Guid CardId);
}

internal static partial class CollectFeesLog
{
    [LoggerMessage(LogLevel.Error, "Nobody could begin to collect {Id}")]
    public static partial void CollectionIsStuck(this ILogger logger, Exception exception, Guid id);
}
