namespace Portico.Bench.Load;

/// <summary>Turn about: whatever else the machine does meanwhile meets both sides alike.</summary>
internal static class Rounds
{
    public const int Count = 3;

    public static async Task<(IReadOnlyList<T> Ours, IReadOnlyList<T> Theirs)> AlternateAsync<T>(Func<Task<T>> ours, Func<Task<T>> theirs)
    {
        List<T> first = [];
        List<T> second = [];
        for (var round = 0; round < Count; round++)
        {
            first.Add(await ours());
            second.Add(await theirs());
        }

        return (first, second);
    }

    public static double Median<T>(this IEnumerable<T> rounds, Func<T, double> figure)
    {
        var ordered = rounds.Select(figure).Order().ToList();
        return ordered.Count % 2 == 1 ? ordered[ordered.Count / 2] : (ordered[(ordered.Count / 2) - 1] + ordered[ordered.Count / 2]) / 2;
    }
}
