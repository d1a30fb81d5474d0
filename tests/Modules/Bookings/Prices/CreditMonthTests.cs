using Portico.Bookings.Domain.Prices;

namespace Portico.Tests.Modules.Bookings.Prices;

public sealed class CreditMonthTests
{
    [Theory]
    [InlineData("2026-10-31T22:59:59Z", "Europe/Rome", "2026-10")]
    [InlineData("2026-10-31T23:00:00Z", "Europe/Rome", "2026-11")]
    [InlineData("2026-11-01T03:59:59Z", "America/New_York", "2026-10")]
    [InlineData("2026-11-01T04:00:00Z", "America/New_York", "2026-11")]
    public void A_booking_belongs_to_the_month_in_which_it_begins_where_it_is(string start, string zone, string month) =>
        Assert.Equal(month, CreditMonth.Text(CreditMonth.Of(DateTimeOffset.Parse(start), TimeZoneInfo.FindSystemTimeZoneById(zone))));

    [Fact]
    public void A_month_is_over_when_it_is_over_everywhere()
    {
        Assert.Equal(CreditMonth.Read("2026-10"), CreditMonth.EarliestAt(DateTimeOffset.Parse("2026-11-01T11:59:59Z")));
        Assert.Equal(CreditMonth.Read("2026-11"), CreditMonth.EarliestAt(DateTimeOffset.Parse("2026-11-01T12:00:00Z")));
    }
}
