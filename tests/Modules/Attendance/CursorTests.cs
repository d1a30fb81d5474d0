using FsCheck;
using FsCheck.Fluent;
using Portico.Platform.Web;

namespace Portico.Tests.Modules.Attendance;

public sealed class CursorTests
{
    [Fact]
    public void A_page_goes_on_where_the_last_one_ended() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (id, second) =>
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(second).AddTicks(10 * (second % 1_000_000));
            var next = Paging.Cut([1, 2], 1, _ => Cursor.Of(at, id)).Next;
            return Cursor.TryReadInstant(next, out var cursor) && cursor!.Id == id && cursor.Instant == at;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_somebody_made_up_is_refused_and_breaks_nothing() =>
        Prop.ForAll<string?>(text => string.IsNullOrEmpty(text) || !Cursor.TryReadInstant(text, out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_name_is_no_instant()
    {
        var next = Paging.Cut([1, 2], 1, _ => Cursor.Of("marta", Guid.Empty)).Next;
        Assert.True(Cursor.TryRead(next, out _));
        Assert.False(Cursor.TryReadInstant(next, out _));
    }
}
