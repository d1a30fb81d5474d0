namespace Portico.Bench.Servers;

/// <summary>How the measured processes are configured: every check of the front door on, no limit ever reached.</summary>
internal static class Settings
{
    /// <summary>A browser's page from elsewhere, so that CORS has something to do.</summary>
    public const string Origin = "https://space.example";

    private const string NeverReached = "1000000000";

    public static Dictionary<string, string> FrontDoor() => new()
    {
        ["RateLimiting__Enabled"] = "true",
        ["RateLimiting__AnonymousPerMinute"] = NeverReached,
        ["RateLimiting__AccountPerMinute"] = NeverReached,
        ["RateLimiting__SignInPerMinute"] = NeverReached,
        ["Gateway__Origins__0"] = Origin,
    };

    public static Dictionary<string, string> Behind(params (string Module, Uri Address)[] neighbours) =>
        neighbours.ToDictionary(neighbour => $"Neighbours__{neighbour.Module}", neighbour => neighbour.Address.OriginalString);

    public static Dictionary<string, string> And(this Dictionary<string, string> some, Dictionary<string, string> more) =>
        some.Concat(more).ToDictionary();
}
