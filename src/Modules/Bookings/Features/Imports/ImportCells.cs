using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Portico.Bookings.Domain;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Imports;

/// <summary>The cells of a row, read as what they should be. What cannot be read is a fault, and then null.</summary>
/// <param name="json">As the API reads it.</param>
internal sealed class ImportCells(CsvRow row, ICollection<CsvFault> faults, JsonSerializerOptions json)
{
    public long Line => row.Line;

    /// <summary>Null when the cell is empty.</summary>
    public string? Text(string column)
    {
        var text = row.Cells[column].Trim();
        if (PlainText.Is(text))
        {
            return text.Length == 0 ? null : text;
        }

        Fault(column, "It holds characters that cannot be used.");
        return null;
    }

    public string? Needed(string column)
    {
        if (row.Cells[column].Trim().Length == 0)
        {
            Fault(column, "This is needed.");
        }

        return Text(column);
    }

    public Guid? Id(string column) => Read<Guid>(column, Guid.TryParse, "This is not an id.");

    public int? Number(string column) => Read<int>(
        column, (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value), "This is not a whole number.");

    public decimal? Amount(string column) => Read<decimal>(
        column, (string text, out decimal value) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
        "This is not a number such as 12.50.");

    public bool? Truth(string column) => Read<bool>(column, bool.TryParse, "This is neither true nor false.");

    public TEnum? Word<TEnum>(string column)
        where TEnum : struct, Enum => Read<TEnum>(column, Words.TryRead, $"This is none of {string.Join(", ", Enum.GetValues<TEnum>().Select(value => value.Word()))}.");

    /// <summary>What stands between semicolons.</summary>
    public IReadOnlyList<string> List(string column) => Text(column)?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public T? Json<T>(string column)
        where T : class
    {
        try
        {
            return Text(column) is { } text ? JsonSerializer.Deserialize<T>(text, json) : null;
        }
        catch (JsonException)
        {
            Fault(column, "This is not the JSON that belongs here.");
            return null;
        }
    }

    /// <summary>What the limits of a request's fields say, told of the columns that are called like them.</summary>
    public void Check(object request, string? column = null)
    {
        List<ValidationResult> wrong = [];
        Validator.TryValidateObject(request, new(request), wrong, validateAllProperties: true);
        foreach (var result in wrong)
        {
            Fault(column ?? ColumnOf(result.MemberNames.FirstOrDefault()), result.ErrorMessage ?? "This is not acceptable.");
        }
    }

    public void Fault(string? column, string message) => faults.Add(new(row.Line, column, message));

    private string? ColumnOf(string? member) =>
        member is not null && JsonNamingPolicy.SnakeCaseLower.ConvertName(member) is var name && row.Cells.ContainsKey(name) ? name : null;

    private T? Read<T>(string column, TryRead<T> tryRead, string wrong)
        where T : struct
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        if (tryRead(text, out var value))
        {
            return value;
        }

        Fault(column, wrong);
        return null;
    }

    private delegate bool TryRead<T>(string text, out T value);
}
