using Portico.Bookings.Domain.Calendar;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Availability;

/// <summary>The time that a question is about, before anybody looks whether it can be had.</summary>
internal static class AskedTime
{
    public const string OutOfRange = "This is not between 2000 and 2100.";
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static bool IsSane(DateTimeOffset instant) => instant >= Earliest && instant <= Latest;

    /// <summary>Null when the question makes sense.</summary>
    public static ProblemHttpResult? Refuse(Interval during, TimeSpan longest) =>
        !IsSane(during.Start) ? Problems.Invalid("from", OutOfRange)
        : !IsSane(during.End) ? Problems.Invalid("to", OutOfRange)
        : during.IsEmpty ? Problems.Invalid("to", "The end has to be after the start.")
        : during.Length > longest ? Problems.Invalid("to", $"Ask for {longest.Days} days at the most.")
        : null;
}
