namespace Portico.Members.Features.Locations;

/// <summary>A place of the operator.</summary>
/// <param name="TimeZone">IANA name: "today" and closing time are read in it.</param>
/// <param name="ClosesAt">Local time, <c>22:00</c>. Before noon it is the night after: <c>02:00</c> ends the evening before.</param>
public sealed record LocationResponse(Guid Id, string Name, string TimeZone, string ClosesAt, DateTimeOffset CreatedAt)
{
    internal const string Columns = "id, name, time_zone, to_char(closes_at, 'HH24:MI') as closes_at, created_at";
    internal const string TimePattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
}
