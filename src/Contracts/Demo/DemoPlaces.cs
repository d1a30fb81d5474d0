namespace Portico.Contracts.Demo;

/// <summary>The locations of the demonstration data, and who works there.</summary>
public static class DemoPlaces
{
    public static readonly Guid Milano = new("0190a000-0000-7000-8000-000000000001");
    public static readonly Guid Torino = new("0190a000-0000-7000-8000-000000000002");
    public static readonly Guid NewYork = new("0190a000-0000-7000-8000-000000000003");

    /// <summary>What everybody knows of them; Bookings knows more.</summary>
    public static readonly IReadOnlyList<DemoPlace> All =
    [
        new(Milano, "Milano Isola", "Europe/Rome", new(22, 0)),
        new(Torino, "Torino San Salvario", "Europe/Rome", new(20, 0)),
        new(NewYork, "New York Flatiron", "America/New_York", new(23, 0)),
    ];

    /// <summary>Who works where. The duty is the person's role.</summary>
    public static readonly IReadOnlyList<(Guid Place, DemoPerson Person)> Staff =
    [
        (Milano, DemoPeople.Marta),
        (Torino, DemoPeople.Marta),
        (NewYork, DemoPeople.Giulia),
        (Milano, DemoPeople.KioskMilano),
        (NewYork, DemoPeople.KioskNewYork),
    ];
}

/// <summary>A place in the demonstration data.</summary>
public sealed record DemoPlace(Guid Id, string Name, string TimeZone, TimeOnly ClosesAt);
