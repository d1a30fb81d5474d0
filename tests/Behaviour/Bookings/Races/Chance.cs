using System.Globalization;

namespace Portico.Tests.Behaviour.Bookings.Races;

internal static class Chance
{
    /// <summary>A new one each time; <c>PORTICO_TEST_SEED</c> plays a run again, as far as chance lets it.</summary>
    public static Random Random(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PORTICO_TEST_SEED"), CultureInfo.InvariantCulture, out var given) ? given : System.Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return new(seed);
    }
}
