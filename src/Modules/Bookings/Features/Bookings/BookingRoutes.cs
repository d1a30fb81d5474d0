using Portico.Platform.Security;

namespace Portico.Bookings.Features.Bookings;

/// <summary>From a slot somebody wants to the end of its use.</summary>
internal static class BookingRoutes
{
    public static void AddBookings(this IServiceCollection services) =>
        services.AddOptions<BookingsOptions>().BindConfiguration(BookingsOptions.Section).ValidateDataAnnotations().ValidateOnStart();

    public static void MapBookings(this RouteGroupBuilder bookings)
    {
        // A device at a door books nothing.
        var people = bookings.MapGroup("/").RequireAuthorization(Policies.People);
        people.MapPost("/", HoldSpace.Handle).WithName("HoldSpace").WithSummary("Keep a slot for some minutes");
        people.MapPost("/{id:guid}/extend", ExtendHold.Handle).WithName("ExtendHold").WithSummary("Keep it a while longer, once");
        people.MapPost("/{id:guid}/confirm", ConfirmBooking.Handle).WithName("ConfirmBooking").WithSummary("Take what is held");

        var staff = bookings.MapGroup("/").RequireAuthorization(Policies.Staff);
        staff.MapPost("/{id:guid}/approve", ApproveBooking.Handle).WithName("ApproveBooking").WithSummary("Agree to a booking that needs it");
    }
}
