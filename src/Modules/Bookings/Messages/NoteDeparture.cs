using Portico.Bookings.Data;
using Portico.Contracts.Members;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Bookings.Messages;

/// <summary>Whoever leaves the house may come back: their bookings go on.</summary>
internal sealed class NoteDeparture : IHandleEvent<MemberCheckedOut>
{
    public Task HandleAsync(MemberCheckedOut fact, Change change, CancellationToken cancellationToken) => change.LeaveAsync(fact, cancellationToken);
}
