using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Visits;

/// <summary>What a device read while it was offline, oldest first.</summary>
public sealed record ScanPassesRequest([property: Required, MinLength(1), MaxLength(500)] IReadOnlyList<ScanPassRequest> Scans);

/// <summary>One result per scan, in the order they were sent.</summary>
public sealed record ScanPassesResponse(IReadOnlyList<ScanResult> Results);

internal static class ScanPasses
{
    public static async Task<Results<Ok<ScanPassesResponse>, ProblemHttpResult>> Handle(
        ScanPassesRequest request, Database<MembersModule> database, CurrentUser user, Door door, CancellationToken cancellationToken)
    {
        if (await DoorDevice.FindAsync(database, user, cancellationToken) is not { } device)
        {
            return ScanAnswers.WithoutLocation();
        }

        // Each commits by itself: cut off in the middle, the device sends all of them again and nothing happens twice.
        List<ScanResult> results = [];
        foreach (var scan in request.Scans)
        {
            results.Add(ScanResult.Of(scan.ScanId!.Value, await door.PassAsync(device, scan.Reading, cancellationToken)));
        }

        return TypedResults.Ok(new ScanPassesResponse(results));
    }
}
