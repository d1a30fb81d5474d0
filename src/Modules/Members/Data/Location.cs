using Portico.Platform.Data;

namespace Portico.Members.Data;

/// <summary>A place of the operator, as Bookings last told it.</summary>
/// <param name="TimeZone">IANA name, for instance <c>Europe/Rome</c>. "Today" is read in it.</param>
/// <param name="ClosesAt">When the doors close, in local time; visits still open then are closed by rule.</param>
internal sealed record Location(Guid Id, string Name, string TimeZone, TimeOnly ClosesAt)
{
    public static Task<Location?> FindAsync(Database<MembersModule> database, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync<Location>("select id, name, time_zone, closes_at from locations where id = @id", new { id }, cancellationToken);
}
