using System.Collections.Frozen;

namespace Portico.Auth.Passwords;

/// <summary>The list in <c>common-passwords.txt</c>; its source and licence are at its head.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> List = new(() => Read().ToFrozenSet(StringComparer.Ordinal));

    public static FrozenSet<string> All => List.Value;

    /// <param name="password">In lower case.</param>
    public static bool Contain(ReadOnlySpan<char> password) =>
        List.Value.GetAlternateLookup<ReadOnlySpan<char>>().Contains(password);

    private static IEnumerable<string> Read()
    {
        using var resource = typeof(CommonPasswords).Assembly
            .GetManifestResourceStream(typeof(CommonPasswords), "common-passwords.txt")!;
        using var lines = new StreamReader(resource);
        while (lines.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                yield return line;
            }
        }
    }
}
