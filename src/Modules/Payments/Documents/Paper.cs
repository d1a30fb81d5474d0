using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace Portico.Payments.Documents;

/// <summary>Where a text stands on a line, in points from the left edge.</summary>
internal sealed record Column(double Left, double Width, bool ToTheRight = false);

/// <summary>
/// A PDF that is written from the top of a page to its foot and on to the next. The same text and the same id make the same file.
/// </summary>
internal sealed partial class Paper : IDisposable
{
    public const double Left = 56;
    public const double Width = 483;
    private const double Top = 64;
    private const double Foot = 770;
    private const double Leading = 1.4;
    private static readonly Column Whole = new(Left, Width);

    // PDFsharp keeps its fonts for the whole process.
    private static readonly Lock OneAtATime = new();

    private readonly PdfDocument document = new();
    private readonly Guid id;
    private readonly XFont regular = new(InterFonts.Family, 9.5);
    private readonly XFont bold = new(InterFonts.Family, 9.5, XFontStyleEx.Bold);
    private readonly XFont large = new(InterFonts.Family, 18, XFontStyleEx.Bold);
    private XGraphics page;
    private double y = Top;

    static Paper() => GlobalFontSettings.FontResolver = new InterFonts();

    private Paper(string title, Guid id, DateTimeOffset at)
    {
        this.id = id;
        document.Info.Title = title;
        (document.Info.CreationDate, document.Info.ModificationDate) = (at.UtcDateTime, at.UtcDateTime);
        (document.Internals.FirstDocumentID, document.Internals.SecondDocumentID) = (id.ToString("N")[..16], id.ToString("N")[..16]);
        page = NewPage();
    }

    public static byte[] Write(string title, Guid id, DateTimeOffset at, Action<Paper> write)
    {
        lock (OneAtATime)
        {
            using var paper = new Paper(title, id, at);
            write(paper);
            return paper.ToBytes();
        }
    }

    public void Title(string text) => Print([(Whole, text)], large);

    public void Line(string text, bool strong = false) => Print([(Whole, text)], strong ? bold : regular);

    public void Row(IReadOnlyList<Column> columns, IReadOnlyList<string> texts, bool strong = false) => Print([.. columns.Zip(texts)], strong ? bold : regular);

    public void Rule()
    {
        page.DrawLine(new XPen(XColors.Gray, 0.5), Left, y + 3, Left + Width, y + 3);
        y += 8;
    }

    public void Space() => y += 14;

    public void Dispose()
    {
        page.Dispose();
        document.Dispose();
    }

    private void Print(IReadOnlyList<(Column Column, string Text)> cells, XFont font)
    {
        var wrapped = cells.Select(cell => (cell.Column, Lines: Wrap(cell.Text, font, cell.Column.Width))).ToList();
        var height = font.Size * Leading;
        for (var line = 0; line < wrapped.Max(cell => cell.Lines.Count); line++)
        {
            if (y + height > Foot)
            {
                page.Dispose();
                page = NewPage();
                y = Top;
            }

            y += height;
            foreach (var (column, lines) in wrapped.Where(cell => line < cell.Lines.Count))
            {
                page.DrawString(
                    lines[line], font, XBrushes.Black, column.ToTheRight ? column.Left + column.Width : column.Left, y,
                    column.ToTheRight ? XStringFormats.BaseLineRight : XStringFormats.BaseLineLeft);
            }
        }
    }

    // By words, and within one that is longer than the line.
    private List<string> Wrap(string text, XFont font, double width)
    {
        List<string> lines = [];
        var (line, wordAt) = (new StringBuilder(), 0);
        foreach (var letter in Letters(text))
        {
            line.Append(letter);
            if (letter == " ")
            {
                wordAt = line.Length;
            }

            if (line.Length > letter.Length && page.MeasureString(line.ToString(), font).Width > width)
            {
                var cut = wordAt > 0 && wordAt < line.Length ? wordAt : line.Length - letter.Length;
                lines.Add(line.ToString(0, cut).TrimEnd());
                line.Remove(0, cut);
                wordAt = 0;
            }
        }

        lines.Add(line.ToString());
        return lines;
    }

    private static IEnumerable<string> Letters(string text)
    {
        for (var letters = StringInfo.GetTextElementEnumerator(text); letters.MoveNext();)
        {
            yield return letters.GetTextElement() is [var only] && char.IsControl(only) ? " " : letters.GetTextElement();
        }
    }

    private XGraphics NewPage()
    {
        var sheet = document.AddPage();
        sheet.Size = PageSize.A4;
        return XGraphics.FromPdfPage(sheet);
    }

    private byte[] ToBytes()
    {
        page.Dispose();
        using var stream = new MemoryStream();
        document.Save(stream, closeStream: false);
        // What PDFsharp draws by lot, the names of its fonts and the ids in the metadata, is put in as long as it was: nothing moves.
        var text = Encoding.Latin1.GetString(stream.ToArray());
        return Encoding.Latin1.GetBytes(Ids.Replace(FontNames.Replace(text, "PORTIC+Inter"), $"uuid:{id}"));
    }

    [GeneratedRegex(@"\b[A-Z]{6}\+Inter")]
    private static partial Regex FontNames { get; }

    [GeneratedRegex("uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Ids { get; }
}
