using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Payments.Features.Transactions;

/// <summary>Something that is to be owed on account.</summary>
/// <param name="TaxPercent">The tax in it; null for what the house says.</param>
/// <param name="Most">How much the member may owe in its currency.</param>
/// <param name="Asker">Whose request it is.</param>
internal sealed record Charge(
    Guid MemberId, decimal Amount, string Currency, string Description, decimal? TaxPercent, decimal Most, Guid By, DateTimeOffset At, Asker Asker);

/// <summary>What became of a charge.</summary>
/// <param name="Id">The transaction; null where more would be owed than may be.</param>
/// <param name="Account">The member's account before it.</param>
internal sealed record ChargeOutcome(Guid? Id, MemberAccount Account, DateTimeOffset At);

/// <summary>
/// Charges of however many members, in one transaction: of what one costs the database alone, most is for the statements and not for
/// the rows.
/// </summary>
internal static class Charges
{
    /// <summary>Charges what may be owed. The outcomes are in the order of the charges.</summary>
    public static async Task<IReadOnlyList<ChargeOutcome>> MakeAsync(
        this Database<PaymentsModule> database, IReadOnlyList<Charge> charges, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var outcomes = await change.MakeAsync(charges, cancellationToken);
        if (outcomes.Any(outcome => outcome.Id is not null))
        {
            await change.CommitAsync(cancellationToken);
        }

        return outcomes;
    }

    public static async Task<IReadOnlyList<ChargeOutcome>> MakeAsync(
        this Change change, IReadOnlyList<Charge> charges, CancellationToken cancellationToken)
    {
        var now = charges.Max(charge => charge.At);
        var opened = await change.OpenAsync(
            charges.Select(charge => (charge.MemberId, charge.Currency, charge.Most)).DistinctBy(account => (account.MemberId, account.Currency)), cancellationToken);
        var accounts = opened.ToDictionary(account => (account.MemberId, account.Currency));
        List<NewlyOwed> owed = [];
        List<ChargeOutcome> outcomes = [];
        foreach (var charge in charges)
        {
            var account = accounts[(charge.MemberId, charge.Currency)];
            if (account.Balance + charge.Amount > charge.Most)
            {
                outcomes.Add(new(null, account, now));
                continue;
            }

            var id = Guid.CreateVersion7(now);
            owed.Add(new(
                new(id, charge.MemberId, null, charge.Amount, charge.Currency, "owed", null), charge.Description, charge.TaxPercent, charge.By, Asker: charge.Asker));
            outcomes.Add(new(id, account, now));
            accounts[(charge.MemberId, charge.Currency)] = account with { Balance = account.Balance + charge.Amount };
        }

        if (owed.Count > 0)
        {
            await change.AddAsync(owed, "charge", null, now, cancellationToken);
        }

        return outcomes;
    }
}
