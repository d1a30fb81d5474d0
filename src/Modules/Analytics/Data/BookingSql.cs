namespace Portico.Analytics.Data;

/// <summary>What figures about bookings are measured by, said once.</summary>
internal static class BookingSql
{
    /// <summary>How long a booking that took place was used: until it was left, when that was before its end.</summary>
    public const string Hours = "extract(epoch from greatest(least(coalesce(left_at, ends_at), ends_at), starts_at) - starts_at) / 3600";
}
