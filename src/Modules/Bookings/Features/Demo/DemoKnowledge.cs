using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Features.Bookings;
using Portico.Bookings.Features.Spaces;
using Portico.Contracts.Demo;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Demo;

/// <summary>A location's spaces and those who book them, read once for all that they book.</summary>
internal sealed class DemoKnowledge
{
    private readonly Dictionary<string, BookableSpace> spaces = [];
    private readonly Dictionary<Guid, Payer> payers = [];
    private readonly Guid coffee;
    private ChosenService? coffeeOffered;

    private DemoKnowledge(Guid place) => coffee = DemoSpaces.CoffeeId(place);

    public OpeningCalendar Calendar => spaces.Values.First().Calendar;

    public static async Task<DemoKnowledge> ReadAsync(
        Database<BookingsModule> database, Guid place, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = new DemoKnowledge(place);
        foreach (var (number, space) in DemoFloors.Of(place).Index())
        {
            // A desk of an area is booked with the area.
            if (space.Area is null && await BookableSpace.FindAsync(
                database, DemoSpaces.Id(place, number + 1), now.AddDays(-DemoWeek.Days), now.AddDays(DemoWeek.Days), cancellationToken) is { } bookable)
            {
                known.spaces[space.Row.Name] = bookable;
            }
        }

        foreach (var member in DemoPeople.Members)
        {
            if (await Credits.PayerOfAsync(database, member.Id, cancellationToken) is { MemberStatus: "active" } payer)
            {
                known.payers[member.Id] = payer;
            }
        }

        var (chosen, _) = await OfferedServices.ReadAsync(database, place, [new(known.coffee)], cancellationToken);
        known.coffeeOffered = chosen is [var offered] ? offered : null;
        return known;
    }

    public bool IsRoom(Guid space) => spaces.Values.Any(known => known.Id == space && known.Kind == SpaceKind.Room.Word());

    /// <summary>Null where somebody or something is not there any more.</summary>
    public Wish? Wish(DemoWish demo)
    {
        if (!spaces.TryGetValue(demo.Space, out var space) || !payers.TryGetValue(demo.Member.Id, out var payer))
        {
            return null;
        }

        var orders = demo.WithCoffee && coffeeOffered is not null;
        return new(
            space, demo.Member.Id, payer, demo.During.Start, demo.During.End, Math.Min(demo.People, space.Capacity), null,
            orders ? [new OrderedService(coffee, demo.People)] : [], orders ? [coffeeOffered! with { Quantity = demo.People }] : [],
            demo.Member.Id, null, BookedByStaff: false);
    }
}
