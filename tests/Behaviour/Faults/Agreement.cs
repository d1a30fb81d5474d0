namespace Portico.Tests.Behaviour.Faults;

/// <summary>Waits until two lists are the same, in any order, and names what they differ in.</summary>
internal static class Agreement
{
    private const int Shown = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task HoldsAsync<T>(string what, IEnumerable<T> told, Func<Task<IReadOnlyList<T>>> find)
    {
        List<T> expected = [.. told.Order()];
        List<T> found = [];
        try
        {
            await Eventually.TrueAsync(async () => (found = [.. (await find()).Order()]).SequenceEqual(expected), what, Patience);
        }
        catch (TimeoutException)
        {
            // Twice is one too many, too.
            var (missing, tooMany) = (Less(expected, found), Less(found, expected));
            Assert.Fail($"{what}: of {expected.Count} {missing.Count} are missing ({Few(missing)}), and {tooMany.Count} too many ({Few(tooMany)})");
        }
    }

    private static string Few<T>(List<T> of) => string.Join(", ", of.Take(Shown));

    private static List<T> Less<T>(List<T> from, List<T> these)
    {
        List<T> left = [.. from];
        these.ForEach(one => left.Remove(one));
        return left;
    }
}
