using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Locations;

/// <summary>Somebody, or a device, that works at a location.</summary>
/// <param name="Duty"><c>manager</c> or <c>kiosk</c>.</param>
public sealed record StaffResponse(Guid AccountId, string Username, string? Name, string? Surname, Duty Duty, DateTimeOffset AddedAt);

internal static class ListStaff
{
    public static async Task<Results<Ok<IReadOnlyList<StaffResponse>>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!await database.RunsAsync(user, id, cancellationToken))
        {
            return LocationProblems.NotFound();
        }

        return TypedResults.Ok(await database.QueryAsync<StaffResponse>(
            """
            select staff.account_id, people.username, people.name, people.surname, staff.duty, staff.added_at
            from location_staff as staff
            join people on people.id = staff.account_id
            where staff.location_id = @id
            order by staff.duty desc, lower(people.username)
            """, new { id }, cancellationToken));
    }
}
