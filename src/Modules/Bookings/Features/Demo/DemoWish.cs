using Portico.Bookings.Domain.Calendar;
using Portico.Contracts.Demo;

namespace Portico.Bookings.Features.Demo;

/// <summary>How far somebody of the demonstration goes with a booking, if its time has come.</summary>
internal enum DemoEnd
{
    Comes,
    LeavesEarly,
    StaysAway,
    CallsOff,

    /// <summary>Has not made up their mind.</summary>
    OnlyHolds,

    /// <summary>Has asked for it; staff have not answered, or it is not paid.</summary>
    OnlyAsks,
}

/// <summary>What somebody of the demonstration wants.</summary>
/// <param name="Space">By name.</param>
/// <param name="HoursAhead">How long before it begins they book it.</param>
internal sealed record DemoWish(
    string Space, DemoPerson Member, Interval During, int People, DemoEnd End = DemoEnd.Comes, int HoursAhead = 72, bool WithCoffee = false);
