using Portico.Bookings.Messages;
using Portico.Bookings.Schedules;
using Portico.Contracts.Payments;
using Portico.Platform.Messaging;
using Portico.Platform.Schedules;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Bookings;

/// <summary>From a slot somebody wants to the end of its use.</summary>
internal static class BookingRoutes
{
    public static void AddBookings(this IServiceCollection services)
    {
        services.AddOptions<BookingsOptions>().BindConfiguration(BookingsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SpaceQueue>();
        services.AddEventHandler<BookingsModule, PaymentSucceeded, TakePayment>();
        services.AddEventHandler<BookingsModule, PaymentFailed, FailPayment>();
        services.AddScheduledJob<BookingsModule, ExpireLapsed>(ExpireLapsed.Name, TimeSpan.FromSeconds(15));
        services.AddScheduledJob<BookingsModule, ReleaseNoShows>(ReleaseNoShows.Name, TimeSpan.FromSeconds(30));
        services.AddScheduledJob<BookingsModule, CompleteEnded>(CompleteEnded.Name, TimeSpan.FromSeconds(30));
        services.AddScheduledJob<BookingsModule, Remind>("remind", TimeSpan.FromMinutes(1));
    }

    public static void MapBookings(this RouteGroupBuilder bookings)
    {
        // A device at a door books nothing.
        var people = bookings.MapGroup("/").RequireAuthorization(Policies.People);
        people.MapGet("/", ListBookings.HandleMine).WithName("ListMyBookings").WithSummary("My bookings");
        people.MapGet("/{id:guid}", ShowBooking.Handle).WithName("ShowBooking").WithSummary("One booking");
        people.MapGet("/{id:guid}/changes", ListChanges.Handle).WithName("ListBookingChanges").WithSummary("What happened to it: who, when, why");
        people.MapGet("/{id:guid}/cancellation", CancelBooking.HandlePreview).WithName("PreviewCancellation").WithSummary("What calling it off would cost now");
        people.MapPatch("/{id:guid}", ChangeBooking.Handle).WithName("ChangeBooking").WithSummary("Another time, space or services");
        people.MapPost("/{id:guid}/price", ChangeBooking.HandlePreview).WithName("PriceChangeOfBooking").WithSummary("What a change would cost");
        people.MapPost("/{id:guid}/cancel", CancelBooking.Handle).WithName("CancelBooking").WithSummary("Give the slot back");
        people.MapPost("/check-in", CheckInBySpaceCode.Handle).WithName("CheckInBySpaceCode").WithSummary("Check in with the code at the space");
        people.MapPost("/{id:guid}/check-out", CheckOut.Handle).WithName("CheckOut").WithSummary("Leave, and free the rest");
        people.MapPost("/", HoldSpace.Handle).WithName("HoldSpace").WithSummary("Keep a slot for some minutes");
        people.MapPost("/{id:guid}/extend", ExtendHold.Handle).WithName("ExtendHold").WithSummary("Keep it a while longer, once");
        people.MapPost("/{id:guid}/confirm", ConfirmBooking.Handle).WithName("ConfirmBooking").WithSummary("Take what is held");

        var staff = bookings.MapGroup("/").RequireAuthorization(Policies.Staff);
        staff.MapGet("/all", ListBookings.HandleStaff).WithName("ListBookings").WithSummary("Bookings of the locations I run");
        staff.MapPost("/{id:guid}/reject", CancelBooking.HandleReject).WithName("RejectBooking").WithSummary("Do not agree to it");
        staff.MapPost("/{id:guid}/check-in", CheckInByHand.Handle).WithName("CheckInByHandToBooking").WithSummary("Check somebody in to their booking");
        staff.MapPost("/{id:guid}/approve", ApproveBooking.Handle).WithName("ApproveBooking").WithSummary("Agree to a booking that needs it");
    }
}
