using Portico.Platform.Security;

namespace Portico.Notifications.Features.Deliveries;

/// <summary>What is on its way, was sent, or was given up.</summary>
internal static class DeliveryRoutes
{
    public static void MapDeliveries(this RouteGroupBuilder notifications)
    {
        var admin = notifications.MapGroup("/admin/deliveries").RequireAuthorization(Policies.Admin);
        admin.MapGet("", ListDeliveries.Handle).WithName("ListDeliveries").WithSummary("What is on its way, was sent, or was given up, newest first");
        admin.MapPost("/{id:guid}/send-again", SendAgain.Handle).WithName("SendDeliveryAgain").WithSummary("Try again what was given up");
    }
}
