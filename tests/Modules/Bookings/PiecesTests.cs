using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Stock;

namespace Portico.Tests.Modules.Bookings;

public sealed class PiecesTests
{
    private static readonly DateTimeOffset Morning = new(2026, 6, 3, 8, 0, 0, TimeSpan.Zero);

    private static readonly Arbitrary<List<PieceOrder>> AnyOrders = (
        from starts in Gen.Choose(0, 20)
        from hours in Gen.Choose(1, 6)
        from quantity in Gen.Choose(1, 4)
        select new PieceOrder(Guid.CreateVersion7(), Morning.AddHours(starts), Morning.AddHours(starts + hours), quantity)).ListOf().Select(orders => orders.ToList()).ToArbitrary();

    [Fact]
    public void Whatever_is_out_at_once_is_enough_and_nobody_shares_a_piece() => Prop.ForAll(AnyOrders, orders =>
    {
        var given = Pieces.Give(orders, Pieces.MostAtOnce(orders)).ToList();
        Assert.All(orders, order => Assert.Equal(order.Quantity, given.Count(one => one.Order == order)));
        Assert.All(given, one => Assert.DoesNotContain(given, other =>
            other != one && other.Piece == one.Piece && other.Order.StartsAt < one.Order.EndsAt && other.Order.EndsAt > one.Order.StartsAt));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_nothing_nothing_is_out() => Assert.Equal(0, Pieces.MostAtOnce([]));
}
