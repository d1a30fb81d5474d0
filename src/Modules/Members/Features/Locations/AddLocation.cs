using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Members.Features.Locations;

/// <summary>A new place. <c>closes_at</c> is local time, 22:00 when left out.</summary>
public sealed record AddLocationRequest(
    [property: Required, StringLength(100), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name is needed.")] string Name,
    [property: Required, StringLength(64)] string TimeZone,
    [property: MinLength(1), RegularExpression(LocationResponse.TimePattern, ErrorMessage = "This is not a time of day such as 22:00.")] string? ClosesAt = null);

internal static class AddLocation
{
    private const string Usual = "22:00";

    public static async Task<Results<Created<LocationResponse>, ProblemHttpResult>> Handle(
        AddLocationRequest request, Database<MembersModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!TimeZones.IsKnown(request.TimeZone))
        {
            return LocationProblems.UnknownTimeZone();
        }

        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        try
        {
            var added = await change.FindAsync<LocationResponse>(
                $"""
                insert into locations (id, name, time_zone, closes_at, created_at)
                values (@id, @name, @TimeZone, @closesAt::time, @now)
                returning {LocationResponse.Columns}
                """,
                new { id = Guid.CreateVersion7(now), name = request.Name.Trim(), request.TimeZone, closesAt = request.ClosesAt ?? Usual, now },
                cancellationToken);
            await change.CommitAsync(cancellationToken);
            return TypedResults.Created($"/api/members/locations/{added!.Id}", added);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return LocationProblems.NameTaken();
        }
    }
}
