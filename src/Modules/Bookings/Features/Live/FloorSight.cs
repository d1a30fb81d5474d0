using Portico.Bookings.Domain.Live;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Live;

/// <summary>What of the floor a listener sees: anybody all locations, a device the one it stands at, each only those asked for.</summary>
internal sealed class FloorSight
{
    private readonly Guid listener;
    private readonly HashSet<Guid>? locations;
    private readonly HashSet<Guid>? run;

    private FloorSight(Guid listener, HashSet<Guid>? locations, HashSet<Guid>? run) =>
        (this.listener, this.locations, this.run) = (listener, locations, run);

    /// <summary>Null when one of the locations asked for is not there for the caller, or a device stands nowhere.</summary>
    public static async Task<FloorSight?> OfAsync(
        Guid[] asked, CurrentUser user, Database<BookingsModule> database, CancellationToken cancellationToken)
    {
        var duties = CanChange(user)
            ? (await database.QueryAsync<Guid>(
                "select location_id from location_staff where account_id = @Id and duty = @Role", new { user.Id, user.Role }, cancellationToken)).ToHashSet()
            : [];
        if (user.Role == Roles.Kiosk)
        {
            return duties.Count > 0 && asked.All(duties.Contains) ? new(user.Id, duties, []) : null;
        }

        if (asked.Length > 0 && await database.FindAsync<long>(
            "select count(*) from locations where id = any(@asked)", new { asked }, cancellationToken) < asked.Length)
        {
            return null;
        }

        return new(user.Id, asked.Length > 0 ? [.. asked] : null, user.IsAdmin ? null : duties);
    }

    /// <summary>Whether what the caller sees depends on more than their token says.</summary>
    public static bool CanChange(CurrentUser user) => user.Role is Roles.Manager or Roles.Kiosk;

    /// <summary>The change as the listener is told it; empty when it is none of theirs.</summary>
    public ReadOnlyMemory<byte> Of(FloorEvent change) =>
        locations?.Contains(change.LocationId) is false ? default
        : change.MemberId == listener || run?.Contains(change.LocationId) is not false ? change.Private
        : change.Public;
}
