using System.Globalization;
using Portico.Platform.Web;

namespace Portico.Activity.Features.Audit;

/// <summary>Where a page of the trail ended. The instant finds the month and the place in it, the number the record.</summary>
internal sealed record AuditPlace(DateTimeOffset At, long Number)
{
    public static string Of(DateTimeOffset recordedAt, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{recordedAt.UtcTicks}.{number}");

    /// <summary>False when it is not one of ours; null when there is none.</summary>
    public static bool TryRead(string? after, out AuditPlace? place)
    {
        place = null;
        if (!Paging.TryDecode(after, out var key))
        {
            return false;
        }

        if (key is null)
        {
            return true;
        }

        if (key.Split('.') is [var ticks, var number]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            place = new(new(at, TimeSpan.Zero), last);
        }

        return place is not null;
    }
}
