using System.Globalization;
using System.Reflection;
using CsvHelper;
using Microsoft.AspNetCore.Http.Metadata;

namespace Portico.Platform.Web;

/// <summary>One column of a CSV answer: its header in snake_case and how to read it from a row.</summary>
public sealed record CsvColumn<T>(string Name, Func<T, object?> Value);

/// <summary>
/// Rows as CSV: RFC 4180, UTF-8, instants in UTC as RFC 3339. Cells that a spreadsheet would run as a formula are escaped.
/// </summary>
public sealed class CsvAnswer<T>(IReadOnlyList<T> rows, string fileName, params CsvColumn<T>[] columns) : IResult, IEndpointMetadataProvider
{
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "text/csv; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        await using var csv = CsvWriter.Create(httpContext.Response.Body, Options, true);
        csv.WriteHeader([.. columns.Select(column => column.Name)]);
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                var value = column.Value(row);
                if (value is decimal number)
                {
                    // As text, what is below nothing would be taken for a formula.
                    csv.WriteField(number);
                }
                else
                {
                    csv.WriteField(Text(value));
                }
            }

            await csv.EndRecordAsync(httpContext.RequestAborted);
        }
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(OtherForm.Csv);

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => CsvTable.Kept(value.ToString() ?? ""),
    };
}
