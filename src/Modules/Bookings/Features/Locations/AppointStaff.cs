using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Locations;

/// <summary>What somebody does at a location.</summary>
public enum Duty
{
    /// <summary>Runs it.</summary>
    Manager,

    /// <summary>A device that scans passes at its door.</summary>
    Kiosk,
}

/// <summary>The duty. It has to be the account's role.</summary>
public sealed record AppointStaffRequest([property: Required] Duty? Duty);

internal static class AppointStaff
{
    public static async Task<Results<Ok<StaffResponse>, ProblemHttpResult>> Handle(
        Guid id,
        [FromRoute(Name = "account_id")] Guid accountId,
        AppointStaffRequest request,
        Database<BookingsModule> database,
        CurrentUser user,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var duty = request.Duty is Duty.Kiosk ? "kiosk" : "manager";
        await using var change = await database.BeginAsync(cancellationToken);
        // Locked, so that a change of role, which takes the duties away, comes either before or after.
        var account = await change.FindAsync<Account>(
            "select username, name, surname, role, status from people where id = @accountId for no key update", new { accountId }, cancellationToken);
        if (account is null or { Status: "deleted" })
        {
            return Problems.NotFound("member-not-found", "There is no such account.");
        }

        if (account.Role != duty)
        {
            return Problems.Unprocessable("duty-needs-role", "The account's role has to be the duty's.", ("role", account.Role), ("needed", duty));
        }

        var place = await change.FindAsync<Place>("select id, retired_at from locations where id = @id for share", new { id }, cancellationToken);
        if (place is null)
        {
            return LocationProblems.NotFound();
        }

        if (place.RetiredAt is not null)
        {
            return LocationProblems.Retired();
        }

        var now = time.GetUtcNow();
        try
        {
            var addedAt = await change.FindAsync<DateTimeOffset>(
                """
                insert into location_staff as staff (location_id, account_id, duty, added_by, added_at)
                values (@id, @accountId, @duty, @by, @now)
                on conflict (location_id, account_id) do update set duty = excluded.duty
                returning added_at
                """, new { id, accountId, duty, by = user.Id, now }, cancellationToken);
            change.Publish(new LocationStaffChanged(id, accountId, duty, now));
            await change.CommitAsync(cancellationToken);
            return TypedResults.Ok(new StaffResponse(accountId, account.Username, account.Name, account.Surname, request.Duty!.Value, addedAt));
        }
        catch (PostgresException e) when (e.ConstraintName == "location_staff_one_door")
        {
            return Problems.Conflict("kiosk-elsewhere", "The device stands at another location. Take it away from there first.");
        }
    }

    private sealed record Account(string Username, string? Name, string? Surname, string Role, string Status);

    private sealed record Place(Guid Id, DateTimeOffset? RetiredAt);
}
