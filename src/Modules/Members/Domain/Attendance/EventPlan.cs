namespace Portico.Members.Domain.Attendance;

/// <summary>When an event is, and the minutes that make its check-in window.</summary>
internal sealed record EventPlan(
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, int OpensMinutesBefore, int ClosesMinutesAfter, int LateAfterMinutes)
{
    public const int LongestMinutes = 1440;
    public const int DefaultOpensMinutesBefore = 30;
    public const int DefaultLateAfterMinutes = 15;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);
    private static readonly TimeSpan FarthestAhead = TimeSpan.FromDays(731);

    // Somebody who says "now" says it a little before we read it, by a clock that is a little off.
    private static readonly TimeSpan StillNow = TimeSpan.FromMinutes(5);

    /// <summary>Why no event can be like this, as a problem's code; null when it can. The minutes are within their range already.</summary>
    public string? Refuse(DateTimeOffset now, bool startIsNew = true) => this switch
    {
        _ when EndsAt <= StartsAt => "event-ends-before-start",
        _ when EndsAt - StartsAt > Longest => "event-too-long",
        _ when startIsNew && StartsAt < now - StillNow => "event-in-the-past",
        _ when startIsNew && StartsAt > now + FarthestAhead => "event-too-far-ahead",
        _ => null,
    };

    public static string Explain(string code) => code switch
    {
        "event-ends-before-start" => "An event ends after it starts.",
        "event-too-long" => $"An event lasts {Longest.Days} days at the most.",
        "event-in-the-past" => "The start is in the past.",
        _ => "The start is more than two years ahead.",
    };
}
