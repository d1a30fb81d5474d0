using System.Text;
using CsvHelper;

namespace Portico.Platform.Web;

/// <summary>What is wrong with a file, and where.</summary>
/// <param name="Line">Counted from 1, the header too.</param>
/// <param name="Column">Its name in the header; null when the whole line is meant.</param>
public sealed record CsvFault(long Line, string? Column, string Message);

/// <summary>A row of a file, by the names of its columns.</summary>
public sealed record CsvRow(long Line, IReadOnlyDictionary<string, string> Cells);

/// <summary>
/// Reads what <see cref="CsvAnswer{T}"/> writes, also after a spreadsheet wrote it again with semicolons for commas. It is all
/// right or refused, never guessed at.
/// </summary>
public static class CsvTable
{
    private const string FormulaStarts = "=@+-\t\r";
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The rows, or what is wrong with the file itself.</summary>
    /// <param name="columns">Exactly these, in any order.</param>
    public static IReadOnlyList<CsvRow> Read(byte[] file, IReadOnlyCollection<string> columns, int mostRows, ICollection<CsvFault> faults)
    {
        if (Text(file) is not { } text)
        {
            faults.Add(new(1, null, "This is not text in UTF-8."));
            return [];
        }

        var header = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length);
        var separator = header.Contains(';') && !header.Contains(',') ? ';' : ',';
        using var source = new StringReader(text);
        using var reader = CsvReader.Create(
            source, new CsvReaderOptions { Separator = separator, MalformedData = CsvMalformedDataHandling.Throw, TrackLineNumbers = true }, false);
        try
        {
            return Read(reader, columns, mostRows, faults);
        }
        catch (CsvFormatException e)
        {
            faults.Add(new(Math.Max(1, e.LineNumber), null, "The quotes of this line do not fit together."));
            return [];
        }
    }

    /// <summary>
    /// A text in the form that comes back as it is: one that a spreadsheet would run gets a quote in front, which is taken away
    /// when it is read, and so one that looks as if it had got one gets another.
    /// </summary>
    internal static string Kept(string text) => text.StartsWith('\'') && IsFormula(text.TrimStart('\'')) ? $"'{text}" : text;

    private static string Taken(string text) => text.StartsWith('\'') && IsFormula(text.TrimStart('\'')) ? text[1..] : text;

    private static bool IsFormula(string text) => text.Length > 0 && FormulaStarts.Contains(text[0]);

    private static List<CsvRow> Read(CsvReader reader, IReadOnlyCollection<string> columns, int mostRows, ICollection<CsvFault> faults)
    {
        reader.ReadHeader();
        List<string> header = [.. reader.Headers.Select(name => name.Trim())];
        foreach (var missing in columns.Except(header))
        {
            faults.Add(new(1, missing, "The column is missing."));
        }

        foreach (var wrong in header.Where((name, index) => !columns.Contains(name) || header.IndexOf(name) != index))
        {
            faults.Add(new(1, wrong, "There is no such column, or it is there twice."));
        }

        List<CsvRow> rows = [];
        var hasColumns = faults.Count == 0;
        while (hasColumns && reader.Read())
        {
            if (rows.Count == mostRows)
            {
                faults.Add(new(reader.LineNumber, null, $"A file has {mostRows} rows at the most."));
                break;
            }

            if (reader.FieldCount != header.Count)
            {
                faults.Add(new(reader.LineNumber, null, $"The line has {reader.FieldCount} cells, the header {header.Count}."));
            }
            else
            {
                rows.Add(new(reader.LineNumber, header.Select((name, index) => (name, Cell: Taken(reader.GetString(index)))).ToDictionary(cell => cell.name, cell => cell.Cell)));
            }
        }

        return rows;
    }

    private static string? Text(byte[] file)
    {
        try
        {
            return Utf8.GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
