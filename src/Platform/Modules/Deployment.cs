namespace Portico.Platform.Modules;

/// <summary>Which modules share this process and where the others answer. The only type that knows the shape.</summary>
/// <param name="Hosted">Names of the modules in this process.</param>
/// <param name="Neighbours">Base addresses of the modules elsewhere.</param>
/// <param name="DataFolder">Where keys and the embedded database live; absolute.</param>
public sealed record Deployment(IReadOnlyList<string> Hosted, IReadOnlyDictionary<string, Uri> Neighbours, string DataFolder)
{
    /// <summary>Whether <paramref name="module"/> runs in this process.</summary>
    public bool Hosts(string module) => Hosted.Contains(module);

    /// <summary>Where a module that is not hosted here answers.</summary>
    public Uri AddressOf(string module) => Neighbours[module];
}
