using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Payments.Providers;

/// <summary>Makes a member known to a provider, and forgotten there once the account is deleted.</summary>
internal sealed class AskAboutCustomer(Database<PaymentsModule> database, PaymentProviders providers, TimeProvider time, ILogger<AskAboutCustomer> logger)
{
    /// <summary>The provider's name for the member, who has a row here. Asked for at once by two, both get the same.</summary>
    public async Task<string> EnsureAsync(IPaymentProvider provider, Guid memberId, CancellationToken cancellationToken)
    {
        if (await database.FindAsync<string>(
            "select provider_ref from customers where member_id = @memberId and provider = @Name", new { memberId, provider.Name }, cancellationToken) is { } known)
        {
            return known;
        }

        var made = await provider.CreateCustomerAsync(memberId, cancellationToken);
        await using var change = await database.BeginAsync(cancellationToken);
        var kept = await change.FindAsync<string>(
            "update customers set provider_ref = coalesce(provider_ref, @made) where member_id = @memberId and provider = @Name returning provider_ref",
            new { made, memberId, provider.Name }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return kept!;
    }

    /// <summary>Lets one be forgotten. Answers whether there was one.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        var due = await ChangeAsync(
            """
            update customers set ask_at = @until, asked = asked + 1
            where (member_id, provider) = (select member_id, provider from customers where ask_at <= @now and unwanted order by ask_at limit 1 for update skip locked)
            returning member_id, provider, asked
            """, new { now, until = now + DueAsks.Lease }, cancellationToken);
        if (due is null)
        {
            return false;
        }

        if (providers.Of(due.Provider) is not { } provider)
        {
            return true;
        }

        try
        {
            // One whose making was never answered may be there all the same.
            await provider.DeleteCustomerAsync(await EnsureAsync(provider, due.MemberId, cancellationToken), cancellationToken);
            await ChangeAsync("update customers set ask_at = null, gone_at = @now where member_id = @MemberId and provider = @Provider", new { due.MemberId, due.Provider, now }, cancellationToken);
        }
        catch (Exception e) when (e is ProviderAwayException or ProviderRefusedException)
        {
            logger.ProviderIsAway(provider.Name, "customer", due.MemberId, due.Asked, e.Message);
            await ChangeAsync(
                "update customers set ask_at = @at where member_id = @MemberId and provider = @Provider",
                new { due.MemberId, due.Provider, at = time.GetStoredNow() + TimeSpan.FromSeconds(Math.Min(3600, 5 * Math.Pow(2, due.Asked))) }, cancellationToken);
        }

        return true;
    }

    private async Task<Due?> ChangeAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var found = await change.FindAsync<Due>(sql, parameters, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return found;
    }

    private sealed record Due(Guid MemberId, string Provider, int Asked);
}
