using Portico.Bookings.Domain;
using Dapper;

namespace Portico.Bookings.Data;

/// <summary>The trace of what happened to a space's time.</summary>
internal static class FloorChange
{
    /// <summary>Takes the parameters that <see cref="Of"/> gives.</summary>
    public const string Insert =
        """
        insert into floor_changes (
            at, location_id, space_id, desk_id, booking_id, act, from_status, to_status, starts_at, ends_at, held_until, by_id, reason)
        values (@at, @LocationId, @SpaceId, @DeskId, @Id, @act, @fromStatus, @Status, @StartsAt, @EndsAt, @ExpiresAt, @by, @reason)
        """;

    public static DynamicParameters Of(BookingRow? before, BookingRow after, BookingStep step)
    {
        var parameters = new DynamicParameters(after);
        parameters.AddDynamicParams(new { at = step.At, act = step.Act.Word(), fromStatus = before?.Status, by = step.By, reason = step.Reason });
        return parameters;
    }
}
