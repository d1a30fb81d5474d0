using Portico.Bookings.Features.Imports;
using Portico.Platform.Modules;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Spaces;

/// <summary>What can be booked, and how.</summary>
internal static class SpaceRoutes
{
    public static void AddSpaces(this IServiceCollection services)
    {
        services.AddScoped<IDemoData, DemoSpaces>();
        services.AddSingleton<RecentAnswers<BookingsModule>>();
    }

    public static void MapSpaces(this RouteGroupBuilder bookings)
    {
        var spaces = bookings.MapGroup("/spaces");
        spaces.MapGet("/", ListSpaces.Handle).WithName("ListSpaces").WithSummary("Spaces, by name");
        spaces.MapGet("/{id:guid}", ShowSpace.Handle).WithName("ShowSpace").WithSummary("One space, with all about it");

        var staff = bookings.MapGroup("/spaces").RequireAuthorization(Policies.Staff);
        staff.MapPost("/", AddSpace.Handle).WithName("AddSpace").WithSummary("Add a space");
        staff.MapPost("/import", ImportSpaces.Handle).TakesCsv().WithName("ImportSpaces").WithSummary("Take spaces from a CSV file");
        staff.MapPatch("/{id:guid}", ChangeSpace.Handle).WithName("ChangeSpace").WithSummary("Change a space");
        staff.MapPost("/{id:guid}/retire", RetireSpace.Handle).WithName("RetireSpace").WithSummary("Let nobody book a space any more");
        staff.MapPost("/{id:guid}/desks", AddDesks.Handle).WithName("AddDesks").WithSummary("Add desks to a hot-desk area");
        staff.MapPut("/{id:guid}/parts", SetParts.Handle).WithName("SetSpaceParts").WithSummary("Say what a space consists of");
        staff.MapPut("/{id:guid}/amenities", SetSpaceAmenities.Handle).WithName("SetSpaceAmenities").WithSummary("Say what a space has");
        staff.MapGet("/{id:guid}/qr", ShowSpaceQr.Handle).WithName("ShowSpaceQr").WithSummary("The code to put up at a space");
        staff.MapPost("/{id:guid}/qr/rotate", ShowSpaceQr.HandleRotate).WithName("RotateSpaceQr").WithSummary("Give a space another code");
    }
}
