using Portico.Bookings.Messages;
using Portico.Bookings.Schedules;
using Portico.Contracts.Members;
using Portico.Platform.Messaging;
using Portico.Platform.Schedules;

namespace Portico.Bookings.Features.Visits;

/// <summary>Who comes and goes. The doors are Members': what it says arrives by message, and whoever comes has come for their booking.</summary>
internal static class VisitServices
{
    public static void AddVisits(this IServiceCollection services)
    {
        services.AddEventHandler<BookingsModule, MemberCheckedIn, NoteArrival>();
        services.AddEventHandler<BookingsModule, MemberCheckedOut, NoteDeparture>();
        services.AddScheduledJob<BookingsModule, CheckInPresent>("check-in-present", TimeSpan.FromSeconds(30));
    }
}
