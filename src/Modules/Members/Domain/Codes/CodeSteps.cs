namespace Portico.Members.Domain.Codes;

/// <summary>Rotating codes change every 30 seconds and are good until the next change after that: 30 to 60 seconds.</summary>
internal static class CodeSteps
{
    public const int Seconds = 30;

    public static long Of(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / Seconds;

    /// <summary>When a code of that step is replaced on the screen.</summary>
    public static DateTimeOffset EndOf(long step) => DateTimeOffset.FromUnixTimeSeconds((step + 1) * Seconds);

    public static bool IsGood(long step, DateTimeOffset at) => Of(at) - step is 0 or 1;
}
