using Portico.Platform.Data;

namespace Portico.Bookings.Features.Invites;

/// <summary>The location of an invite.</summary>
internal sealed record InvitedPlace(Guid Id, string Name, DateTimeOffset? RetiredAt);

internal static class InvitedPlaces
{
    /// <summary>The location, which is not retired while the change lasts, unless it is already.</summary>
    public static Task<InvitedPlace?> HoldPlaceAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        change.FindAsync<InvitedPlace>("select id, name, retired_at from locations where id = @id for share", new { id }, cancellationToken);
}
