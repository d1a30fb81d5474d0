using Portico.Bookings.Messages;
using Portico.Bookings.Schedules;
using Portico.Contracts.Bookings;
using Portico.Platform.Messaging;
using Portico.Platform.Schedules;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Waiting;

/// <summary>Those who wait for a time that somebody else has, and get their turn when it comes free.</summary>
internal static class WaitingRoutes
{
    public static void AddWaiting(this IServiceCollection services)
    {
        services.AddSingleton<WaitingLine>();
        services.AddEventHandler<BookingsModule, BookingCancelled, OfferFreedTime>();
        services.AddEventHandler<BookingsModule, BookingExpired, OfferFreedTime>();
        services.AddEventHandler<BookingsModule, BookingPaymentFailed, OfferFreedTime>();
        services.AddEventHandler<BookingsModule, BookingNoShow, OfferFreedTime>();
        services.AddEventHandler<BookingsModule, BookingCompleted, OfferFreedTime>();
        services.AddEventHandler<BookingsModule, BookingChanged, OfferFreedTime>();
        services.AddScheduledJob<BookingsModule, ServeWaitingLine>(ServeWaitingLine.Name, TimeSpan.FromSeconds(30));
    }

    public static void MapWaiting(this RouteGroupBuilder bookings)
    {
        var waiting = bookings.MapGroup("/waiting-list").RequireAuthorization(Policies.People);
        waiting.MapGet("/", ListWaiting.Handle).WithName("ListWaiting").WithSummary("What I wait for");
        waiting.MapPost("/", JoinWaitingList.Handle).WithName("JoinWaitingList").WithSummary("Wait for a time that somebody else has");
        waiting.MapDelete("/{id:guid}", LeaveWaitingList.Handle).WithName("LeaveWaitingList").WithSummary("Wait no longer");
    }
}
