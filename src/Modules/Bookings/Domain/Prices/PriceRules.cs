using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Prices;

/// <summary>
/// What a space costs. Whole months cost <c>monthly</c> where there is such a rate; of the rest each calendar day costs the
/// cheapest of hourly, half-day and daily that covers it, and a rest of less than a month never more than a month. A space
/// without rates is free.
/// </summary>
/// <param name="HalfDay">For a day's part of at most <c>half_day_hours</c>.</param>
/// <param name="Adjustments">Peak and weekend rules. Those that meet add up.</param>
public sealed record PriceRules(
    [property: Range(typeof(decimal), "0", PriceRules.Highest), Decimals(PriceRules.MostDecimals)] decimal? Hourly = null,
    [property: Range(typeof(decimal), "0", PriceRules.Highest), Decimals(PriceRules.MostDecimals)] decimal? HalfDay = null,
    [property: Range(typeof(decimal), "0.5", "24"), Decimals(PriceRules.MostDecimals)] decimal HalfDayHours = 4,
    [property: Range(typeof(decimal), "0", PriceRules.Highest), Decimals(PriceRules.MostDecimals)] decimal? Daily = null,
    [property: Range(typeof(decimal), "0", PriceRules.Highest), Decimals(PriceRules.MostDecimals)] decimal? Monthly = null,
    [property: MaxLength(20)] IReadOnlyList<PriceAdjustment>? Adjustments = null)
{
    internal const string Highest = "1000000000";

    // More than any currency has; and what is multiplied stays within the digits of a decimal.
    internal const int MostDecimals = 4;
}

/// <summary>
/// A surcharge or a reduction of the rates at certain times. Without a window it holds the whole day, for half days and days
/// too; with one only for hours within it. It does not change <c>monthly</c>.
/// </summary>
/// <param name="Name">What a price's line calls it.</param>
/// <param name="Days">Empty or absent: every day.</param>
/// <param name="From">Local time such as <c>09:00</c>; absent: from midnight.</param>
/// <param name="To">Local time up to <c>24:00</c>; absent: to midnight.</param>
/// <param name="Percent">25 makes a quarter dearer, -10 a tenth cheaper.</param>
public sealed record PriceAdjustment(
    [property: Required, StringLength(60), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name is needed.")] string Name,
    [property: JsonRequired, Range(typeof(decimal), "-99.99", "1000"), Decimals(2)] decimal Percent,
    [property: MaxLength(7)] IReadOnlyList<Weekday>? Days = null,
    [property: MinLength(1), RegularExpression(PriceAdjustment.TimePattern, ErrorMessage = PriceAdjustment.NoTime)] string? From = null,
    [property: MinLength(1), RegularExpression(PriceAdjustment.TimePattern, ErrorMessage = PriceAdjustment.NoTime)] string? To = null) : IValidatableObject
{
    internal const string TimePattern = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";
    internal const string NoTime = "This is not a time of day such as 18:00.";
    private const int WholeDay = 24 * 60;

    internal int FromMinute => From is not null && DayTime.TryParse(From, out var minutes) ? minutes : 0;

    internal int ToMinute => To is not null && DayTime.TryParse(To, out var minutes) ? minutes : WholeDay;

    internal bool HoldsAllDay => FromMinute == 0 && ToMinute == WholeDay;

    internal bool HoldsOn(DateOnly day) => Days is null or [] || Days.Contains(WeekdayOf(day));

    internal bool HoldsAt(DateOnly day, TimeSpan time) =>
        HoldsOn(day) && time >= TimeSpan.FromMinutes(FromMinute) && time < TimeSpan.FromMinutes(ToMinute);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (FromMinute >= ToMinute)
        {
            yield return new("A window ends after it begins. One across midnight is two adjustments.", [nameof(To)]);
        }
    }

    // .NET's week begins on Sunday.
    private static Weekday WeekdayOf(DateOnly day) => (Weekday)(((int)day.DayOfWeek + 6) % 7);
}
