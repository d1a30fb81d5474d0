using Portico.Platform.Security;

namespace Portico.Bookings.Features.Series;

/// <summary>Bookings that come again.</summary>
internal static class SeriesRoutes
{
    public static void MapSeries(this RouteGroupBuilder bookings)
    {
        var series = bookings.MapGroup("/series").RequireAuthorization(Policies.People);
        series.MapPost("/", BookSeries.Handle).WithName("BookSeries").WithSummary("Keep a slot that comes again");
        series.MapGet("/{id:guid}", ShowSeries.Handle).WithName("ShowSeries").WithSummary("A series and its bookings");
        series.MapPost("/{id:guid}/confirm", ConfirmSeries.Handle).WithName("ConfirmSeries").WithSummary("Take what is held of it");
        series.MapPatch("/{id:guid}", ChangeSeries.Handle).WithName("ChangeSeries").WithSummary("Another time, length, space or services from a day on");
        series.MapPost("/{id:guid}/cancel", CancelSeries.Handle).WithName("CancelSeries").WithSummary("Give it back, from a day on or between two");
    }
}
