using System.Reflection;
using PdfSharp.Fonts;

namespace Portico.Payments.Documents;

/// <summary>
/// The typeface Inter, out of a package that carries it for another purpose: the machine Portico runs on may have no fonts at all.
/// See ADR 10.
/// </summary>
internal sealed class InterFonts : IFontResolver
{
    public const string Family = "Inter";

    public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) => new(bold ? "Inter-Bold" : "Inter-Regular");

    public byte[] GetFont(string faceName)
    {
        using var package = new MemoryStream();
        using (var embedded = typeof(InterFonts).Assembly.GetManifestResourceStream(Family)!)
        {
            embedded.CopyTo(package);
        }

        using var resources = Assembly.Load(package.ToArray()).GetManifestResourceStream("!AvaloniaResources")!;
        using var reader = new BinaryReader(resources);
        // The length of the index, its version, how many files; of each its path, where behind the index it begins and its length.
        var files = sizeof(int) + reader.ReadInt32();
        _ = reader.ReadInt32();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (path, offset, length) = (reader.ReadString(), reader.ReadInt32(), reader.ReadInt32());
            if (path == $"/Assets/{faceName}.ttf")
            {
                resources.Position = files + offset;
                return reader.ReadBytes(length);
            }
        }

        throw new InvalidOperationException($"The package has no {faceName}.");
    }
}
