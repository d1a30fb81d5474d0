using System.Globalization;

namespace Portico.Platform.Web;

/// <summary>Where a page ended: the last row's sort value, and its id where several have the same one.</summary>
public sealed record Cursor(string Value, Guid Id)
{
    private const int IdLength = 32;

    public DateTimeOffset? Instant =>
        DateTimeOffset.TryParseExact(Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant : null;

    public static string Of(DateTimeOffset value, Guid id) => Of(value.ToString("O", CultureInfo.InvariantCulture), id);

    public static string Of(string value, Guid id) => $"{id:N}{value}";

    /// <summary>False when it is not one of ours; null when there is none.</summary>
    public static bool TryRead(string? after, out Cursor? cursor)
    {
        cursor = null;
        if (!Paging.TryDecode(after, out var key))
        {
            return false;
        }

        if (key is null)
        {
            return true;
        }

        if (key.Length < IdLength || !Guid.TryParseExact(key[..IdLength], "N", out var id))
        {
            return false;
        }

        cursor = new(key[IdLength..], id);
        return true;
    }

    public static bool TryReadInstant(string? after, out Cursor? cursor) => TryRead(after, out cursor) && cursor is null or { Instant: not null };
}
