using System.Text.RegularExpressions;

namespace Portico.Platform.Time;

/// <summary>Time zones by their IANA names, as the system's tables have them.</summary>
public static partial class TimeZones
{
    /// <summary>The tables are files: only what looks like a zone's name is ever asked for.</summary>
    public static bool IsKnown(string name) => name.Length <= 64 && LooksLikeOne().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+){0,2}\z")]
    private static partial Regex LooksLikeOne();
}
