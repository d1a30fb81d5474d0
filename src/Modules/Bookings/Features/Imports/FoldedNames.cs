using Portico.Platform.Data;

namespace Portico.Bookings.Features.Imports;

/// <summary>Names without the difference of small and capital letters, as the database sees it: what is the same there is the same here.</summary>
internal sealed class FoldedNames
{
    private readonly Dictionary<string, string> folded = new(StringComparer.Ordinal);

    public string this[string name] => folded[name];

    public async Task AddAsync(Change change, IEnumerable<string?> names, CancellationToken cancellationToken)
    {
        string[] unknown = [.. names.OfType<string>().Where(name => !folded.ContainsKey(name)).Distinct(StringComparer.Ordinal)];
        foreach (var name in await change.QueryAsync<Folded>(
            "select name, lower(name) as lower from unnest(@unknown) as name", new { unknown }, cancellationToken))
        {
            folded[name.Name] = name.Lower;
        }
    }

    private sealed record Folded(string Name, string Lower);
}
