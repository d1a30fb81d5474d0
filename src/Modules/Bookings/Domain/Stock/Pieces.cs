namespace Portico.Bookings.Domain.Stock;

/// <summary>So many pieces of something, for a time.</summary>
internal sealed record PieceOrder(Guid BookingId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Quantity);

/// <summary>Gives out what there is a limited number of, so that nobody has another's piece.</summary>
internal static class Pieces
{
    /// <summary>The most that are out at once.</summary>
    public static int MostAtOnce(IReadOnlyCollection<PieceOrder> orders) =>
        orders.Select(one => orders.Where(other => other.StartsAt <= one.StartsAt && other.EndsAt > one.StartsAt).Sum(other => other.Quantity))
            .DefaultIfEmpty().Max();

    /// <summary>
    /// Which pieces, counted from 1, each order gets; the stock covers <see cref="MostAtOnce"/>. Whoever comes first takes what is
    /// back by then: as many are enough as are out at once.
    /// </summary>
    public static IEnumerable<(PieceOrder Order, int Piece)> Give(IEnumerable<PieceOrder> orders, int stock)
    {
        var backAt = new DateTimeOffset[stock];
        foreach (var order in orders.OrderBy(order => order.StartsAt).ThenBy(order => order.BookingId))
        {
            foreach (var piece in Enumerable.Range(0, stock).Where(piece => backAt[piece] <= order.StartsAt).Take(order.Quantity))
            {
                backAt[piece] = order.EndsAt;
                yield return (order, piece + 1);
            }
        }
    }
}
