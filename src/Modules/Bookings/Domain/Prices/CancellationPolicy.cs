using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Portico.Platform.Amounts;

namespace Portico.Bookings.Domain.Prices;

/// <summary>
/// What is kept of the price when a booking is cancelled. Before the first step nothing is, from the start on everything; with
/// no steps everything is given back until the start.
/// </summary>
public sealed record CancellationPolicy([property: Required, MaxLength(10)] IReadOnlyList<CancellationStep> Steps) : IValidatableObject
{
    internal static readonly CancellationPolicy Default = new([]);

    /// <summary>What cancelling now would mean. Whoever runs the place gives everything back.</summary>
    internal Cancellation At(DateTimeOffset now, DateTimeOffset startsAt, Quote price, bool byOperator = false)
    {
        var percent = byOperator ? 0 : PercentKept(startsAt - now);
        var kept = Money.Round(price.Total * percent / 100, price.Currency);
        var hours = Math.Round(price.CreditHoursUsed * (100 - percent) / 100, 2, MidpointRounding.ToEven);
        return new(percent, kept, price.Total - kept, price.Currency, hours);
    }

    // A step begins when less than its hours are left: whoever cancels 24 hours ahead, to the second, did so in time.
    private int PercentKept(TimeSpan left) =>
        left <= TimeSpan.Zero ? 100 : Steps.Where(step => left < TimeSpan.FromHours(step.HoursBefore)).MinBy(step => step.HoursBefore)?.PercentKept ?? 0;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        var ordered = Steps.OrderByDescending(step => step.HoursBefore).ToList();
        if (ordered.DistinctBy(step => step.HoursBefore).Count() < ordered.Count)
        {
            yield return new("Two steps begin at the same hour.", [nameof(Steps)]);
        }
        else if (ordered.Zip(ordered.Skip(1)).Any(pair => pair.Second.PercentKept < pair.First.PercentKept))
        {
            yield return new("Closer to the start less would be kept.", [nameof(Steps)]);
        }
    }
}

/// <summary>From so many hours before the start on, so much of the price is kept.</summary>
public sealed record CancellationStep([property: JsonRequired, Range(1, 8784)] int HoursBefore, [property: JsonRequired, Range(0, 100)] int PercentKept);

/// <summary>What a cancellation means. <c>amount_kept</c> and <c>amount_back</c> are the price.</summary>
/// <param name="CreditHoursBack">Of the credits that the booking used.</param>
internal sealed record Cancellation(int PercentKept, decimal AmountKept, decimal AmountBack, string Currency, decimal CreditHoursBack);
