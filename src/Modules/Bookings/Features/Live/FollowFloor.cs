using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Domain.Live;
using Portico.Bookings.Features.Locations;
using Portico.Contracts.Auth;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Live;

/// <summary>
/// Every change of the floor from now on, or from where the reader's last stream broke off: that is <c>Last-Event-ID</c>, or
/// <c>after</c> for programs that cannot send it.
/// </summary>
internal static class FollowFloor
{
    private const int MostLocations = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<Results<FloorStream, ProblemHttpResult, RetryableProblem>> Handle(
        [FromQuery(Name = "location_id")] string[]? locations,
        [StringLength(19)] string? after,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        LiveFloor floor,
        CancellationToken cancellationToken)
    {
        if (!TryRead(locations, out var asked))
        {
            return Problems.Invalid("location_id", $"These are not ids of locations, at most {MostLocations}, separated by commas.");
        }

        if (after is not null && Number(after) is null)
        {
            return Problems.Invalid("after", "This is not the id of an event.");
        }

        if (await FloorSight.OfAsync(asked, floor.User, floor.Database, cancellationToken) is not { } sight)
        {
            return floor.User.Role == Roles.Kiosk && asked.Length == 0
                ? Problems.Forbidden("kiosk-without-location", "The device was not given a location.")
                : LocationProblems.NotFound();
        }

        if (await OpenedAsync(floor.Feed, cancellationToken) is not { } ring)
        {
            return Problems.Unavailable("live-not-ready", "The floor cannot be read for the moment.");
        }

        // Whoever comes again comes to the address it came to first: what it heard since counts.
        var heard = string.IsNullOrEmpty(lastEventId) ? after : lastEventId;
        var start = heard is null ? StreamStart.Now(ring)
            : Number(heard) is { } number ? await StreamStart.AfterAsync(number, ring, floor.Database, floor.Time.GetUtcNow(), cancellationToken)
            : StreamStart.Anew(ring);
        return new FloorStream(floor, ring, start, asked, sight);
    }

    private static async Task<FloorRing?> OpenedAsync(FloorFeed feed, CancellationToken cancellationToken)
    {
        try
        {
            return await feed.Opened.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static bool TryRead(string[]? locations, out Guid[] ids)
    {
        var words = (locations ?? []).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries)).Take(MostLocations + 1).ToList();
        ids = [.. words.Select(word => Guid.TryParseExact(word, "D", out var id) ? id : Guid.Empty).Distinct()];
        return words.Count <= MostLocations && !ids.Contains(Guid.Empty);
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
