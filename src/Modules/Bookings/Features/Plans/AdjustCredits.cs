using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Npgsql;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Plans;

/// <summary>Hours given or, with a minus, taken by hand: from the member, or from the team that pays for the member.</summary>
/// <param name="Month">Such as <c>2026-12</c>; this one when left out.</param>
public sealed record AdjustCreditsRequest(
    [property: JsonRequired, Range(typeof(decimal), "-10000", "10000"), Decimals(2)] decimal Hours,
    [property: Required, StringLength(500), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A reason is needed.")] string Reason,
    [property: MinLength(1), RegularExpression(CreditMonth.Pattern, ErrorMessage = "This is not a month such as 2026-12.")] string? Month = null);

/// <summary>What was entered, and what is left of the month.</summary>
public sealed record AdjustedCreditsResponse(Guid EntryId, PayerKind Payer, Guid PayerId, string Month, decimal Hours, decimal Balance);

internal static class AdjustCredits
{
    public static async Task<Results<Ok<AdjustedCreditsResponse>, ProblemHttpResult>> Handle(
        Guid id, AdjustCreditsRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Hours == 0)
        {
            return Problems.Invalid("hours", "Nothing would change.");
        }

        var now = time.GetUtcNow();
        var month = request.Month is null ? CreditMonth.At(now) : CreditMonth.Read(request.Month);
        await using var change = await database.BeginAsync(cancellationToken);
        if (await Credits.PayerOfAsync(change, id, cancellationToken) is not { } payer)
        {
            return PlanProblems.MemberNotFound();
        }

        var balance = await Credits.BalanceAsync(change, payer, month, now, cancellationToken);
        var entryId = Guid.CreateVersion7(now);
        try
        {
            await change.ExecuteAsync(
                """
                insert into credit_entries (id, payer_kind, payer_id, month, hours, kind, by_id, reason, at)
                values (@entryId, @Kind, @PayerId, @month, @Hours, 'adjustment', @by, @reason, @now)
                """,
                new { entryId, payer.Kind, PayerId = payer.Id, month, request.Hours, by = user.Id, reason = request.Reason.Trim(), now },
                cancellationToken);
            await change.CommitAsync(cancellationToken);
        }
        catch (PostgresException e) when (Credits.AreExhausted(e))
        {
            return Problems.Conflict("credits-exhausted", "There are not so many hours left.", ("month", CreditMonth.Text(month)), ("balance", balance));
        }

        var kind = payer.Kind == "team" ? PayerKind.Team : PayerKind.Member;
        return TypedResults.Ok(new AdjustedCreditsResponse(entryId, kind, payer.Id, CreditMonth.Text(month), request.Hours, balance + request.Hours));
    }
}
