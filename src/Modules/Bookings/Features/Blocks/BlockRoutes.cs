using Portico.Platform.Security;

namespace Portico.Bookings.Features.Blocks;

/// <summary>Times in which spaces are not to be had.</summary>
internal static class BlockRoutes
{
    public static void MapBlocks(this RouteGroupBuilder bookings)
    {
        var blocks = bookings.MapGroup("/blocks").RequireAuthorization(Policies.Staff);
        blocks.MapGet("/", ListBlocks.Handle).WithName("ListBlocks").WithSummary("Times in which spaces are blocked");
        blocks.MapPost("/", BlockSpace.Handle).WithName("BlockSpace").WithSummary("Block a space for a time");
        blocks.MapDelete("/{id:guid}", LiftBlock.Handle).WithName("LiftBlock").WithSummary("Block it no more");
    }
}
