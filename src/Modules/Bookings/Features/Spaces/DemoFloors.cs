using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Domain.Spaces;
using Portico.Contracts.Demo;

namespace Portico.Bookings.Features.Spaces;

/// <summary>A space of the demonstration data.</summary>
/// <param name="Area">Of a desk: the name of its hot-desk area.</param>
/// <param name="Parts">By name.</param>
/// <param name="Has">Amenities, by name.</param>
internal sealed record DemoSpace(SpaceRow Row, string? Area = null, string[]? Parts = null, string[]? Has = null);

/// <summary>Something a location of the demonstration data offers; without a price it belongs to spaces.</summary>
internal sealed record DemoAmenity(string Name, decimal? UnitPrice = null, bool PerHour = false, int? Stock = null);

/// <summary>What stands where in the demonstration data. Rooms and areas are told; their prices follow from what they are.</summary>
internal static class DemoFloors
{
    public static readonly IReadOnlyList<DemoAmenity> Amenities =
    [
        new("Screen"), new("Whiteboard"), new("Video conference"), new("Standing desk"), new("Coffee and tea", 2.50m), new("Lunch buffet", 14, Stock: 40),
        new("Projector", 10, PerHour: true, Stock: 2), new("Flip chart", 0, Stock: 3),
    ];

    private static readonly PriceAdjustment Peak = new(
        "Peak hours", 20, [Weekday.Monday, Weekday.Tuesday, Weekday.Wednesday, Weekday.Thursday, Weekday.Friday], "10:00", "13:00");

    private static readonly PriceAdjustment Weekend = new("Weekend", -25, [Weekday.Saturday, Weekday.Sunday]);

    /// <summary>Areas before their desks, parts before what consists of them.</summary>
    public static IReadOnlyList<DemoSpace> Of(Guid place) => place == DemoPlaces.Milano
        ?
        [
            .. Area("Garden", 10, "0"), .. Desks("Window desk", 4, "1"),
            Room("Isola A", 20, "0", 0.2m), Room("Isola B", 20, "0", 0.5m), Hall("Sala Isola", 44, "0", "Isola A", "Isola B"),
            Room("Aria", 4, "1", 0.2m), Room("Bosco", 8, "1", 0.5m), ForPlans(Room("Cielo", 12, "1", 0.8m)), Office("Studio 1", 3, 0.3m), Office("Studio 2", 5, 0.7m),
        ]
        : place == DemoPlaces.Torino
        ?
        [
            .. Area("Portici", 8, "0"), .. Desks("Quiet desk", 2, "1"),
            Room("Dora", 4, "0", 0.2m), Room("Mole", 6, "0", 0.5m), Room("Po", 10, "1", 0.3m), Room("Stura", 6, "1", 0.7m), Office("Valentino", 4, 0.5m),
        ]
        :
        [
            .. Area("Loft", 8, "3"), .. Desks("Corner desk", 4, "4"),
            Room("East wing", 30, "3", 0.2m), Room("West wing", 30, "3", 0.6m), Hall("Flatiron Hall", 70, "3", "East wing", "West wing"),
            Room("Broadway", 10, "4", 0.2m), Room("Fifth", 6, "4", 0.5m), Room("Madison", 4, "4", 0.8m), Office("Suite 1", 4, 0.3m), Office("Suite 2", 8, 0.7m),
        ];

    private static IEnumerable<DemoSpace> Area(string name, int desks, string floor)
    {
        var area = Desk(SpaceKind.HotDeskArea, name, floor, 0.5m, 0.9m);
        return [new(area), .. Enumerable.Range(1, desks).Select(number => new DemoSpace(Desk(SpaceKind.Desk, $"{name} {number}", floor, 0.08m * number, 0.9m), name))];
    }

    private static IEnumerable<DemoSpace> Desks(string name, int count, string floor) => Enumerable.Range(1, count).Select(number =>
        new DemoSpace(
            Desk(SpaceKind.Desk, $"{name} {number}", floor, 0.1m * number, 0.1m) with
            {
                Prices = StoredJson.Write(new PriceRules(Hourly: 6, HalfDay: 20, Daily: 32, Monthly: 320, Adjustments: [Weekend])),
            }, Has: ["Standing desk"]));

    private static SpaceRow Desk(SpaceKind kind, string name, string floor, decimal x, decimal y) => new()
    {
        Kind = kind.Word(), Name = name, Floor = floor, PlanX = x, PlanY = y, Capacity = 1, MinMinutes = 60, MaxMinutes = 720, HorizonDays = 30, ReleaseAfterMinutes = 60,
        Prices = StoredJson.Write(new PriceRules(Hourly: 4, HalfDay: 14, Daily: 22, Monthly: 220, Adjustments: [Weekend])),
    };

    private static DemoSpace Room(string name, int capacity, string floor, decimal x) => new(
        new()
        {
            Kind = SpaceKind.Room.Word(), Name = name, Floor = floor, PlanX = x, PlanY = 0.4m, Capacity = capacity, MaxMinutes = 600, BufferAfterMinutes = 15, HorizonDays = 90,
            ReleaseAfterMinutes = 15, Cancellation = StoredJson.Write(new CancellationPolicy([new(24, 50), new(2, 100)])),
            Prices = StoredJson.Write(new PriceRules(Hourly: 8 + (2 * capacity), HalfDay: 28 + (7 * capacity), Daily: 48 + (12 * capacity), Adjustments: [Peak, Weekend])),
        }, Has: capacity < 8 ? ["Whiteboard"] : ["Screen", "Video conference", "Whiteboard"]);

    private static DemoSpace Hall(string name, int capacity, string floor, params string[] parts) => new(
        new()
        {
            Kind = SpaceKind.EventHall.Word(), Name = name, Floor = floor, PlanX = 0.35m, PlanY = 0.2m, Capacity = capacity, MinMinutes = 120, MaxMinutes = 720, StepMinutes = 60,
            BufferBeforeMinutes = 60, BufferAfterMinutes = 60, LeadMinutes = 2880, NeedsApproval = true, Description = "The wall between the two rooms opens.",
            Cancellation = StoredJson.Write(new CancellationPolicy([new(336, 50), new(48, 100)])),
            Prices = StoredJson.Write(new PriceRules(Hourly: 120, HalfDay: 400, Daily: 700, Adjustments: [Weekend with { Percent = 30 }])),
        }, Parts: parts, Has: ["Screen"]);

    private static DemoSpace Office(string name, int capacity, decimal x) => new(
        new()
        {
            Kind = SpaceKind.Office.Word(), Name = name, Floor = "2", PlanX = x, PlanY = 0.5m, Capacity = capacity, MinMinutes = 240, MaxMinutes = 44_640, HorizonDays = 180,
            Cancellation = StoredJson.Write(new CancellationPolicy([new(168, 30), new(24, 100)])),
            Prices = StoredJson.Write(new PriceRules(HalfDay: 15 * capacity, Daily: 25 * capacity, Monthly: 280 * capacity)),
        }, Has: ["Whiteboard"]);

    private static DemoSpace ForPlans(DemoSpace space) => space with { Row = space.Row with { BookableBy = BookableBy.PlanHolders.Word() } };
}
