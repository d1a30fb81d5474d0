using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Platform.Amounts;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Transactions;

/// <summary>Something that a member owes from now on.</summary>
/// <param name="Amount">Above nothing, with no more digits after the point than the currency has.</param>
/// <param name="Currency">ISO 4217; the house's when left out.</param>
public sealed record CreateTransactionRequest(
    [property: Required, Range(typeof(decimal), "0.0001", "100000000")] decimal? Amount,
    [property: Required, StringLength(500, MinimumLength = 1)] string Description,
    [property: RegularExpression("[A-Z]{3}")] string? Currency = null);

/// <summary>Something that staff charge a member.</summary>
/// <param name="Amount">Tax included; above nothing, with no more digits after the point than the currency has.</param>
/// <param name="Currency">ISO 4217; the house's when left out.</param>
/// <param name="TaxPercent">The tax in it; what the house says when left out.</param>
public sealed record ChargeMemberRequest(
    [property: Required, Range(typeof(decimal), "0.0001", "100000000")] decimal? Amount,
    [property: Required, StringLength(500, MinimumLength = 1)] string Description,
    [property: RegularExpression("[A-Z]{3}")] string? Currency = null,
    [property: TaxRate] decimal? TaxPercent = null);

internal static class CreateTransaction
{
    public static async Task<Results<Created<TransactionResponse>, ProblemHttpResult>> HandleMine(
        CreateTransactionRequest request, GroupCommit<PaymentsModule, Charge, ChargeOutcome> charges, Database<PaymentsModule> database,
        IOptions<PaymentsOptions> options, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var charge = ChargeOf(user.Id, request, null, options.Value, user.Id, time.GetStoredNow(), database.Asker);
        return Refuse(charge, options.Value) ?? Answer(charge, await charges.WriteAsync(charge, database, cancellationToken));
    }

    public static async Task<Results<Created<TransactionResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, ChargeMemberRequest request, Database<PaymentsModule> database, IOptions<PaymentsOptions> options, CurrentUser user,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var charge = ChargeOf(
            memberId, new(request.Amount, request.Description, request.Currency), request.TaxPercent, options.Value, user.Id, time.GetStoredNow(), database.Asker);
        if (Refuse(charge, options.Value) is { } refusal)
        {
            return refusal;
        }

        await using var change = await database.BeginAsync(cancellationToken);
        if (!await change.IsMemberAsync(memberId, cancellationToken))
        {
            return TransactionProblems.NoMember();
        }

        var outcome = (await change.MakeAsync([charge], cancellationToken))[0];
        if (outcome.Id is not null)
        {
            await change.CommitAsync(cancellationToken);
        }

        return Answer(charge, outcome);
    }

    private static Charge ChargeOf(
        Guid memberId, CreateTransactionRequest request, decimal? taxPercent, PaymentsOptions options, Guid by, DateTimeOffset at, Asker asker)
    {
        var currency = request.Currency ?? options.Currency;
        return new(
            memberId, request.Amount!.Value, currency, request.Description.Trim(), taxPercent, options.MayOwe.GetValueOrDefault(currency), by, at, asker);
    }

    private static ProblemHttpResult? Refuse(Charge charge, PaymentsOptions options) =>
        !options.MayOwe.ContainsKey(charge.Currency) ? Problems.Invalid(
            "currency", $"Nothing is charged in it here, but in {string.Join(", ", options.MayOwe.Keys.Order(StringComparer.Ordinal))}.")
        : !Money.IsPayable(charge.Amount, charge.Currency) ? Problems.Invalid(
            "amount", $"An amount is above 0 and has {Money.MinorUnits(charge.Currency)} digits after the point at the most.")
        : charge.Description.Length == 0 ? Problems.Invalid("description", "Say what it is for.")
        : null;

    private static Results<Created<TransactionResponse>, ProblemHttpResult> Answer(Charge charge, ChargeOutcome outcome) =>
        outcome.Id is { } id
            ? TypedResults.Created(
                $"/api/payments/transactions/{id}",
                new TransactionResponse(id, charge.MemberId, charge.Amount, charge.Currency, charge.Description, false, "owed", outcome.At, null, null, null))
            : TransactionProblems.LimitExceeded(outcome.Account, charge.Amount);
}
