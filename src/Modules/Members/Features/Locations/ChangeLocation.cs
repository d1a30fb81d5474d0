using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Members.Features.Locations;

/// <summary>What is to be different; what is left out stays. Open visits end by the new closing time.</summary>
public sealed record ChangeLocationRequest(
    [property: StringLength(100, MinimumLength = 1), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name is needed.")] string? Name = null,
    [property: StringLength(64)] string? TimeZone = null,
    [property: MinLength(1), RegularExpression(LocationResponse.TimePattern, ErrorMessage = "This is not a time of day such as 22:00.")] string? ClosesAt = null);

internal static class ChangeLocation
{
    public static async Task<Results<Ok<LocationResponse>, ProblemHttpResult>> Handle(
        Guid id, ChangeLocationRequest request, Database<MembersModule> database, CancellationToken cancellationToken)
    {
        if (request.TimeZone is not null && !TimeZones.IsKnown(request.TimeZone))
        {
            return LocationProblems.UnknownTimeZone();
        }

        await using var change = await database.BeginAsync(cancellationToken);
        try
        {
            if (request.Name is not null)
            {
                // Whoever takes a name that is just being given up waits for the one who does: two that exchange names would wait
                // for each other.
                await change.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('location-names', 0))", null, cancellationToken);
            }

            var changed = await change.FindAsync<LocationResponse>(
                $"""
                update locations
                set name = coalesce(@name, name), time_zone = coalesce(@TimeZone, time_zone), closes_at = coalesce(@ClosesAt::time, closes_at)
                where id = @id
                returning {LocationResponse.Columns}
                """, new { id, name = request.Name?.Trim(), request.TimeZone, request.ClosesAt }, cancellationToken);
            await change.CommitAsync(cancellationToken);
            return changed is null ? LocationProblems.NotFound() : TypedResults.Ok(changed);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return LocationProblems.NameTaken();
        }
    }
}
