using Microsoft.AspNetCore.Http.Metadata;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Imports;

/// <summary>A CSV file that somebody sent: all of it is taken, or nothing.</summary>
internal static class ImportFile
{
    public const int MostRows = 5_000;
    private const int MostBytes = 1_048_576;
    private const int MostTold = 100;
    private const string ContentType = "text/csv";

    public static RouteHandlerBuilder TakesCsv(this RouteHandlerBuilder route) => route.WithMetadata(new AcceptsMetadata([ContentType], typeof(Stream)));

    /// <summary>The rows, or why there are none to look at.</summary>
    public static async Task<(IReadOnlyList<CsvRow> Rows, ProblemHttpResult? Refusal)> ReadAsync(
        HttpRequest request, IReadOnlyCollection<string> columns, ICollection<CsvFault> faults, CancellationToken cancellationToken)
    {
        if (request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) is not true)
        {
            return ([], Problems.UnsupportedType("Send text/csv."));
        }

        using var file = new MemoryStream();
        var chunk = new byte[81_920];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (file.Length + read > MostBytes)
            {
                return ([], Problems.TooLarge("body-too-large", $"A file has {MostBytes} bytes at the most."));
            }

            file.Write(chunk, 0, read);
        }

        return (CsvTable.Read(file.ToArray(), columns, MostRows, faults), null);
    }

    /// <summary>By line: what is wrong with the file. Nothing of it was taken.</summary>
    public static ProblemHttpResult Refused(IReadOnlyCollection<CsvFault> faults) => Problems.Unprocessable(
        "import-refused", "Some lines cannot be taken, so nothing was.",
        ("count", faults.Count), ("errors", faults.OrderBy(fault => fault.Line).Take(MostTold).ToList()));
}
