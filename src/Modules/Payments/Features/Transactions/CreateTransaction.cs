using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Platform.Amounts;
using Portico.Platform.Data;
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
    [property: Range(typeof(decimal), "0", "100")] decimal? TaxPercent = null);

internal static class CreateTransaction
{
    public static Task<Results<Created<TransactionResponse>, ProblemHttpResult>> HandleMine(
        CreateTransactionRequest request, Database<PaymentsModule> database, IOptions<PaymentsOptions> options, CurrentUser user, TimeProvider time,
        CancellationToken cancellationToken) => ChargeAsync(user.Id, request, null, user.Id, database, options.Value, time, cancellationToken);

    public static Task<Results<Created<TransactionResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, ChargeMemberRequest request, Database<PaymentsModule> database, IOptions<PaymentsOptions> options, CurrentUser user,
        TimeProvider time, CancellationToken cancellationToken) =>
        ChargeAsync(memberId, new(request.Amount, request.Description, request.Currency), request.TaxPercent, user.Id, database, options.Value, time, cancellationToken);

    private static async Task<Results<Created<TransactionResponse>, ProblemHttpResult>> ChargeAsync(
        Guid memberId, CreateTransactionRequest request, decimal? taxPercent, Guid by, Database<PaymentsModule> database, PaymentsOptions options, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (taxPercent is { Scale: > 3 })
        {
            return Problems.Invalid("tax_percent", "A rate has 3 digits after the point at the most.");
        }

        var (amount, currency, description) = (request.Amount!.Value, request.Currency ?? options.Currency, request.Description.Trim());
        if (!options.MayOwe.TryGetValue(currency, out var most))
        {
            return Problems.Invalid("currency", $"Nothing is charged in it here, but in {string.Join(", ", options.MayOwe.Keys.Order(StringComparer.Ordinal))}.");
        }

        if (!Money.IsPayable(amount, currency))
        {
            return Problems.Invalid("amount", $"An amount is above 0 and has {Money.MinorUnits(currency)} digits after the point at the most.");
        }

        if (description.Length == 0)
        {
            return Problems.Invalid("description", "Say what it is for.");
        }

        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (memberId != by && !await change.IsMemberAsync(memberId, cancellationToken))
        {
            return TransactionProblems.NoMember();
        }

        var account = await change.OpenAsync(memberId, currency, most, cancellationToken);
        if (account.Balance + amount > most)
        {
            return TransactionProblems.LimitExceeded(account, amount);
        }

        var owed = await change.ChargeAsync(memberId, null, amount, currency, description, taxPercent, by, now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created(
            $"/api/payments/transactions/{owed.Id}", new TransactionResponse(owed.Id, memberId, amount, currency, description, false, "owed", now, null, null, null));
    }
}
