namespace Portico.Contracts.Locations;

/// <summary>
/// The operator's places. Members keeps a minimal store of them until Bookings owns the catalogue; whoever owns it
/// answers this interface.
/// </summary>
public interface ILocationDirectory
{
    /// <summary>The location, or null when there is none with that id.</summary>
    Task<Location?> FindAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>A place of the operator.</summary>
/// <param name="TimeZone">IANA name, for instance <c>Europe/Rome</c>. Opening hours and "today" are read in it.</param>
/// <param name="ClosesAt">When the doors close, in local time; visits still open then are closed by rule.</param>
public sealed record Location(Guid Id, string Name, string TimeZone, TimeOnly ClosesAt);
