namespace Portico.Contracts.Bookings;

/// <summary>A place of the operator was added, changed or retired. It tells all that others need of it, as it is now.</summary>
/// <param name="TimeZone">IANA name, for instance <c>Europe/Rome</c>: "today" and closing time are read in it.</param>
/// <param name="ClosesAt">When the doors close, in local time; visits still open then are closed by rule.</param>
/// <param name="Retired">Nothing new is planned there any more.</param>
public sealed record LocationChanged(
    Guid LocationId, string Name, string TimeZone, TimeOnly ClosesAt, bool Retired, DateTimeOffset ChangedAt) : IIntegrationEvent
{
    public static string Type => "location.changed";
    public static string Topic => "bookings";
    public Guid Key => LocationId;
}

/// <summary>Somebody, or a device, was given a duty at a location, another one, or none.</summary>
/// <param name="Duty"><c>manager</c> or <c>kiosk</c>; null when it was taken away.</param>
public sealed record LocationStaffChanged(Guid LocationId, Guid AccountId, string? Duty, DateTimeOffset ChangedAt) : IIntegrationEvent
{
    public static string Type => "location.staff_changed";
    public static string Topic => "bookings";
    public Guid Key => LocationId;
}

/// <summary>All that have a duty at a location, as it is now: who is not among them has none. It is told every night.</summary>
public sealed record LocationStaffListed(Guid LocationId, IReadOnlyList<StaffDuty> Staff, DateTimeOffset ListedAt) : IIntegrationEvent
{
    public static string Type => "location.staff_listed";
    public static string Topic => "bookings";
    public Guid Key => LocationId;
}

/// <summary>A duty at a location, and since when.</summary>
/// <param name="Duty"><c>manager</c> or <c>kiosk</c>.</param>
public sealed record StaffDuty(Guid AccountId, string Duty, DateTimeOffset Since);
