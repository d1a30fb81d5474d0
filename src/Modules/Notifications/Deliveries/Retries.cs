namespace Portico.Notifications.Deliveries;

/// <summary>When what failed is tried again.</summary>
internal static class Retries
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>Twice as long after each failure: with 30 seconds and 13 attempts for the better part of a day.</summary>
    public static TimeSpan WaitAfter(int attempts, TimeSpan first)
    {
        var seconds = first.TotalSeconds * Math.Pow(2, Math.Max(0, attempts - 1));
        return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
    }
}
