using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Features.Bookings;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Availability;

/// <summary>What a booking would cost now, and whether it could be had. Nothing is kept for anybody by asking.</summary>
/// <param name="Payer">Whose plan and hours are in the price.</param>
/// <param name="Cancellation">What would be kept of the price when it is called off.</param>
/// <param name="Reasons">Why it cannot be had; empty when it can.</param>
/// <param name="Shortages">Services of which there are not so many left at that time.</param>
public sealed record PriceResponse(
    NamedPlace Space,
    NamedPlace Location,
    string TimeZone,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    int People,
    Quote Quote,
    PricePayerResponse Payer,
    CancellationPolicy Cancellation,
    bool Free,
    IReadOnlyList<WhyNot> Reasons,
    IReadOnlyList<ServiceShortage> Shortages);

/// <summary>Who would pay.</summary>
/// <param name="Team">The team that pays for the member; null where the member does.</param>
/// <param name="CreditHours">What is left of the month in which it would begin.</param>
public sealed record PricePayerResponse(Guid MemberId, string? Team, string? Plan, decimal DiscountPercent, decimal CreditHours);

/// <summary>Fewer of a service than are wanted.</summary>
public sealed record ServiceShortage(Guid AmenityId, int Wanted, int Left);

internal static class ShowPrice
{
    private const int MostServices = 20;

    /// <param name="services">What is ordered with it: <c>amenity_id</c> or <c>amenity_id:quantity</c>, each once.</param>
    /// <param name="memberId">Whom staff ask for; oneself when left out.</param>
    public static async Task<Results<Ok<PriceResponse>, ProblemHttpResult>> Handle(
        [FromQuery(Name = "space_id"), Required] Guid? spaceId,
        [Required] DateTimeOffset? from,
        [Required] DateTimeOffset? to,
        [Range(1, 10_000)] int? people,
        [MaxLength(MostServices)] string[]? services,
        [FromQuery(Name = "member_id")] Guid? memberId,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (from is null || to is null)
        {
            return Problems.Invalid(from is null ? "from" : "to", "Say from when to when.");
        }

        var during = new Interval(from.Value, to.Value);
        if (AskedTime.Refuse(during, TimeSpan.FromDays(BookingRules.LongestDays + 1)) is { } wrong)
        {
            return wrong;
        }

        if (!ServicesInQuery.TryRead(services ?? [], out var ordered))
        {
            return Problems.Invalid("services", "Write each as amenity_id:quantity, with 1 to 1000 of it.");
        }

        var now = time.GetUtcNow();
        var asked = new SpacesAsked("space.id = @spaceId", during) { Parameters = new { spaceId } };
        if (await database.FindSpacesAsync(asked, many: false, user, now, cancellationToken) is not [var found])
        {
            return BookingProblems.SpaceNotFound();
        }

        var member = memberId ?? user.Id;
        if (member != user.Id && !(user.Role != Roles.Member && found.Times.IsRun))
        {
            return Problems.Forbidden("not-for-others", "Only staff of the location book for somebody else.");
        }

        if (await Credits.PayerOfAsync(database, member, cancellationToken) is not { MemberRole: not Roles.Kiosk } payer)
        {
            return Problems.NotFound("member-not-found", "There is no such member.");
        }

        var (chosen, unknown) = await OfferedServices.ReadAsync(database, found.Space.LocationId, ordered, cancellationToken);
        if (unknown is not null)
        {
            return unknown;
        }

        var credits = payer.MayHaveCredits
            ? await Credits.BalanceAsync(database, payer, CreditMonth.Of(during.Start, found.Space.PricePlace.Zone), now, cancellationToken)
            : 0;
        var quote = Pricing.Of(
            during.Start, during.End, StoredJson.Read<PriceRules>(found.Space.Prices), chosen, found.Space.PricePlace, payer.WithCredits(credits));
        var verdict = new Judge(new(during, people ?? 1), payer.PlanId, now).Of(found);
        var shortages = await database.ShortagesAsync(ordered, during, now, cancellationToken);
        return TypedResults.Ok(new PriceResponse(
            new(found.Space.Id, found.Space.Name), new(found.Space.LocationId, found.Space.LocationName), found.Space.TimeZone, during.Start, during.End,
            people ?? 1, quote, new(member, payer.Name, payer.Plan, payer.DiscountPercent, credits),
            StoredJson.Read<CancellationPolicy>(found.Space.Cancellation), verdict.IsFree && shortages.Count == 0, verdict.Reasons,
            [.. shortages.Select(shortage => new ServiceShortage(shortage.AmenityId, shortage.Wanted, shortage.Left))]));
    }
}
