using Portico.Platform.Security;

namespace Portico.Bookings.Features.Expiries;

/// <summary>What ends by itself: nobody confirmed it, nobody came, or it is over.</summary>
internal static class ExpiryRoutes
{
    public static void MapExpiries(this RouteGroupBuilder bookings)
    {
        var expiries = bookings.MapGroup("/expiries");
        expiries.MapGet("/expired", ListExpired.Handle).RequireAuthorization(Policies.Staff)
            .WithName("ListExpired").WithSummary("What came to nothing by itself, also as CSV");

        var admin = expiries.MapGroup("").RequireAuthorization(Policies.Admin);
        admin.MapPost("/check", CheckExpiries.Handle).WithName("CheckExpiries").WithSummary("End now what is over");
        admin.MapGet("/status", ShowExpiryStatus.Handle).WithName("ShowExpiryStatus").WithSummary("How much is due, and how its jobs are");
    }
}
