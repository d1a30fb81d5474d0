using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Pictures;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Spaces;

/// <summary>What is printed and put up at the space, as text.</summary>
public sealed record SpaceCodeResponse(string Code);

/// <summary>The code at the space: whoever scans it is there. Nothing else tells it.</summary>
internal static class ShowSpaceQr
{
    public static async Task<Results<Ok<SpaceCodeResponse>, CodePicture, ProblemHttpResult>> Handle(
        Guid id,
        [AllowedValues(null, "svg", "png", "text")] string? format,
        HttpResponse response, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (await database.FindRunSpaceAsync(id, user, cancellationToken) is null)
        {
            return BookingProblems.SpaceNotFound();
        }

        var code = (await database.FindAsync<string>("select check_in_code from spaces where id = @id", new { id }, cancellationToken))!;
        CodePicture.Prepare(response, null);
        return format == "text" ? TypedResults.Ok(new SpaceCodeResponse(code)) : new CodePicture(code, format);
    }

    /// <summary>A code that was copied is worth nothing once there is another.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleRotate(
        Guid id, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (await database.FindRunSpaceAsync(id, user, cancellationToken) is null)
        {
            return BookingProblems.SpaceNotFound();
        }

        await using var change = await database.BeginAsync(cancellationToken);
        await change.ExecuteAsync("update spaces set check_in_code = @code where id = @id", new { id, code = CheckInCode.New() }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
