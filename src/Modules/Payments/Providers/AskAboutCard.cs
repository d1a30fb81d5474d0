using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Payments.Providers;

/// <summary>Asks providers about cards that are being saved, changed there, or to be removed. What they answer is so; webhooks only say when to ask.</summary>
internal sealed class AskAboutCard(
    Database<PaymentsModule> database, PaymentProviders providers, AskAboutCustomer customers, TimeProvider time, ILogger<AskAboutCard> logger)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OpenAtMost = TimeSpan.FromDays(1);

    /// <summary>Answers whether there was one to ask about.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        CardRow? due;
        await using (var change = await database.BeginAsync(cancellationToken))
        {
            due = await change.TakeDueAsync<CardRow>("cards", CardRow.Columns, time.GetStoredNow(), cancellationToken);
            await change.CommitAsync(cancellationToken);
        }

        if (due is not null)
        {
            await AskAsync(due, cancellationToken);
        }

        return due is not null;
    }

    /// <summary>Asks, and keeps the answer. With it the browser of its member gives the card; null when there is none to be had now.</summary>
    public async Task<string?> AskAsync(CardRow card, CancellationToken cancellationToken)
    {
        if (providers.Of(card.Provider) is not { } provider)
        {
            return null;
        }

        try
        {
            if (card.Status == "removed")
            {
                await RemoveAsync(provider, card, cancellationToken);
                return null;
            }

            return card.ProviderRef is { } reference
                ? await KeepCardAsync(card, reference, await provider.FindCardAsync(reference, cancellationToken), cancellationToken)
                : await FollowAsync(provider, card, cancellationToken);
        }
        catch (ProviderAwayException e)
        {
            logger.ProviderIsAway(provider.Name, "card", card.Id, card.Asked, e.Message);
            await WriteAsync(
                "update cards set ask_at = @at where id = @Id",
                new { card.Id, at = time.GetStoredNow() + TimeSpan.FromSeconds(Math.Min(3600, 5 * Math.Pow(2, card.Asked))) }, cancellationToken);
        }
        catch (ProviderRefusedException e)
        {
            logger.ProviderRefuses(provider.Name, "card", card.Id, e.Message);
            await WriteAsync(
                "update cards set ask_at = null, failure = @Code, status = case when status in ('creating', 'open') then 'abandoned' else status end where id = @Id",
                new { card.Id, e.Code }, cancellationToken);
        }

        return null;
    }

    /// <summary>How its saving stands. One that nobody finishes within a day is looked at no more, unless the provider tells of it.</summary>
    private async Task<string?> FollowAsync(IPaymentProvider provider, CardRow card, CancellationToken cancellationToken)
    {
        var setup = card.SetupRef is null
            ? await provider.CreateSetupAsync(card.Id, await customers.EnsureAsync(provider, card.MemberId, cancellationToken), cancellationToken)
            : await provider.FindSetupAsync(card.SetupRef, cancellationToken);
        if (setup is { Status: "succeeded", Card: { } reference })
        {
            return await KeepCardAsync(card, reference, await provider.FindCardAsync(reference, cancellationToken), cancellationToken);
        }

        var now = time.GetStoredNow();
        var over = setup.Status == "canceled" || card.CreatedAt + OpenAtMost < now;
        await WriteAsync(
            """
            update cards set setup_ref = coalesce(setup_ref, @Reference), failure = @Failure,
                status = case when status not in ('creating', 'open') then status when @over then 'abandoned' else 'open' end,
                ask_at = case when status <> 'removed' then @askAt::timestamptz else ask_at end
            where id = @Id
            """,
            new { card.Id, setup.Reference, setup.Failure, over, askAt = over ? null : (DateTimeOffset?)(now + (LookAgain * Math.Pow(2, Math.Min(card.Asked, 5)))) },
            cancellationToken);
        return setup.ClientSecret;
    }

    private async Task<string?> KeepCardAsync(CardRow card, string reference, ProviderCard? told, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        await change.LockCustomerAsync(card.MemberId, card.Provider, now, cancellationToken);
        if (told is null)
        {
            // It was taken away at the provider's.
            await change.ExecuteAsync("update cards set status = 'removed', is_default = false, ask_at = null where id = @Id", card, cancellationToken);
        }
        else if (await change.ExecuteAsync(
            """
            update cards set status = 'saved', provider_ref = @Reference, brand = @Brand, last4 = @Last4, exp_month = @ExpMonth, exp_year = @ExpYear,
                failure = null, ask_at = null
            where id = @Id and status <> 'removed'
            """, new { card.Id, told.Reference, told.Brand, told.Last4, told.ExpMonth, told.ExpYear }, cancellationToken) == 0)
        {
            // Its member did not want it any more while it was being given: it is taken away there.
            await change.ExecuteAsync("update cards set provider_ref = @reference, ask_at = @now where id = @Id", new { card.Id, reference, now }, cancellationToken);
        }
        else if (card is { ForMemberships: true, Status: not "saved" })
        {
            await change.MakeDefaultAsync(card.MemberId, card.Provider, card.Id, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        return null;
    }

    private async Task RemoveAsync(IPaymentProvider provider, CardRow card, CancellationToken cancellationToken)
    {
        var reference = card.ProviderRef ?? (card.SetupRef is null ? null : (await provider.FindSetupAsync(card.SetupRef, cancellationToken)).Card);
        if (reference is not null)
        {
            await provider.RemoveCardAsync(reference, cancellationToken);
        }

        await WriteAsync("update cards set ask_at = null where id = @Id", new { card.Id }, cancellationToken);
    }

    private async Task WriteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.ExecuteAsync(sql, parameters, cancellationToken);
        await change.CommitAsync(cancellationToken);
    }
}
