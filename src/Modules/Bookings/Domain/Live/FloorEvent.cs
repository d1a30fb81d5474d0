namespace Portico.Bookings.Domain.Live;

/// <summary>A change of the floor as it is told, written once for all who hear of it.</summary>
/// <param name="Seq">Its place among all changes.</param>
/// <param name="MemberId">Whose booking it is; null for maintenance.</param>
/// <param name="Public">What anybody hears.</param>
/// <param name="Private">What the booking's owner and the location's staff hear.</param>
internal sealed record FloorEvent(
    long Seq, DateTimeOffset At, Guid LocationId, Guid? MemberId, ReadOnlyMemory<byte> Public, ReadOnlyMemory<byte> Private);
