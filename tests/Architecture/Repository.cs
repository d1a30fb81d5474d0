using System.Text.RegularExpressions;

namespace Portico.Tests.Architecture;

/// <summary>The files of this repository, by their paths from its root.</summary>
internal static class Repository
{
    private static readonly HashSet<string> NotOurs = [".git", ".portico", "artifacts", "bin", "obj", "out", "node_modules", "dist"];

    public static string Root { get; } = FindRoot(new(AppContext.BaseDirectory));

    public static IReadOnlyList<string> All { get; } =
        [.. FilesBelow(new(Root)).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)];

    /// <summary>The files whose path fits a pattern such as <c>src/**.cs</c>; never none, or the test would test nothing.</summary>
    public static IReadOnlyList<string> Files(string pattern)
    {
        var shape = new Regex(
            $"^{Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$");
        var found = All.Where(path => shape.IsMatch(path)).ToList();
        Assert.True(found.Count > 0, $"No file is {pattern}: has the folder moved? Then this test has to look elsewhere.");
        return found;
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> FilesBelow(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name) && inner.LinkTarget is null).SelectMany(FilesBelow));

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Portico.slnx")) ? folder.FullName : FindRoot(folder.Parent!);
}

/// <summary>How a test here fails: with every fault, and what to do about them.</summary>
internal static class Faults
{
    public static void AssertNone(string whatToDo, IEnumerable<string> faults)
    {
        var all = faults.Distinct().ToList();
        Assert.True(all.Count == 0, $"{whatToDo}{string.Concat(all.Select(fault => $"\n  {fault}"))}");
    }

    /// <summary>Two lists that have to be the same, whatever their order.</summary>
    public static void AssertSame(string whatToDo, (string Name, IEnumerable<string> Items) one, (string Name, IEnumerable<string> Items) other) =>
        AssertNone(whatToDo, [
            .. one.Items.Except(other.Items).Select(item => $"{item}: in {one.Name}, not in {other.Name}"),
            .. other.Items.Except(one.Items).Select(item => $"{item}: in {other.Name}, not in {one.Name}"),
        ]);
}
