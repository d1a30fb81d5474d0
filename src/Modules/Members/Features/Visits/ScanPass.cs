using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Visits;

/// <summary>A pass read at a door.</summary>
/// <param name="Code">The text of the QR code.</param>
/// <param name="ScanId">Made by the device for each scan: sent again, it changes nothing and is answered the same.</param>
/// <param name="ScannedAt">By the device's own clock, at most seven days ago; now when left out.</param>
public sealed record ScanPassRequest(
    [property: Required, StringLength(200)] string Code, [property: Required] Guid? ScanId, DateTimeOffset? ScannedAt = null)
{
    internal Reading Reading => new(ScanId!.Value, Code, ScannedAt);
}

internal static class ScanPass
{
    public static async Task<Results<Ok<ScanResponse>, ProblemHttpResult>> Handle(
        ScanPassRequest request, Database<MembersModule> database, CurrentUser user, Door door, CancellationToken cancellationToken)
    {
        if (await DoorDevice.FindAsync(database, user, cancellationToken) is not { } device)
        {
            return ScanAnswers.WithoutLocation();
        }

        var row = await door.PassAsync(device, request.Reading, cancellationToken);
        return ScanAnswers.Answer(row) is { } answer ? TypedResults.Ok(answer) : ScanAnswers.Problem(row.Outcome);
    }
}
