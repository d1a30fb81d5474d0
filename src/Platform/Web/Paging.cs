using System.Buffers.Text;
using System.Text;

namespace Portico.Platform.Web;

/// <summary>
/// A page of a list, newest or first first. <c>next</c> goes into <c>after</c> of the following request; null at the end.
/// Pages are cut by key, not by number: what is added meanwhile moves nothing.
/// </summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How pages are asked for and cut.</summary>
public static class Paging
{
    /// <summary>Rows of a page when the caller does not say.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The most a page holds.</summary>
    public const int MaxLimit = 200;

    /// <summary>
    /// Cuts a page from one row more than asked for. <paramref name="key"/> gives the sort key of the last row shown.
    /// </summary>
    public static Page<T> Cut<T>(IReadOnlyList<T> rows, int limit, Func<T, string> key) =>
        rows.Count <= limit ? new(rows, null) : new([.. rows.Take(limit)], Encode(key(rows[limit - 1])));

    /// <summary>The sort key in <paramref name="after"/>: null when absent; false when it is not one of ours.</summary>
    public static bool TryDecode(string? after, out string? key)
    {
        key = null;
        if (string.IsNullOrEmpty(after))
        {
            return true;
        }

        if (after.Length > 1000 || !Base64Url.IsValid(after))
        {
            return false;
        }

        key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(after));
        return !key.Any(char.IsControl);
    }

    /// <summary>The id in <paramref name="after"/>, for lists whose sort key it is: null when absent; false when it is not one of ours.</summary>
    public static bool TryDecodeId(string? after, out Guid? id)
    {
        id = null;
        if (!TryDecode(after, out var key))
        {
            return false;
        }

        if (key is null)
        {
            return true;
        }

        id = Guid.TryParseExact(key, "D", out var found) ? found : null;
        return id is not null;
    }

    private static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));
}
