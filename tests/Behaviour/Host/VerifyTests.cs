using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Payments;

namespace Portico.Tests.Behaviour.Host;

/// <summary><c>portico verify</c> says whether the data are right, and what is not.</summary>
public sealed class VerifyTests
{
    [Fact]
    public async Task What_people_did_is_right_and_what_somebody_did_to_the_tables_is_named()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var anna = await platform.MemberAsync();
        var room = await platform.AddSpaceAsync(await platform.AddOpenPlaceAsync(), settings: new { prices = new { hourly = 12 } });
        var booking = (await anna.HeldAsync(room, platform.Hour(48))).Id;
        (await anna.ConfirmAsync(booking)).Expect(HttpStatusCode.OK).ExpectStatus("awaiting_payment");
        await Eventually.TrueAsync(async () => (await anna.ListedAsync()).Count == 1, "the booking is not charged");
        await anna.PaidByCardAsync(booking);
        await anna.OwesAsync(30);

        var (code, output, errors) = await platform.VerifyAsync(60);
        Assert.True(code == 0, $"{output}{errors}");
        Assert.Matches("payments: [0-9]+ checks, nothing is wrong", output);
        Assert.Matches("between modules: [0-9]+ checks, nothing is wrong", output);

        await platform.ExecuteAsync(
            "payments",
            """
            alter table ledger_accounts disable trigger user;
            update ledger_accounts set balance = balance - 1 where member_id = @Id and kind = 'receivable' and currency = 'EUR';
            alter table ledger_accounts enable trigger user;
            """, anna);
        await platform.ExecuteAsync("payments", "delete from people where id = @Id", anna);
        await platform.ExecuteAsync("bookings", "update bookings set paid = 1 where id = @booking", new { booking });

        (code, output, _) = await platform.VerifyAsync(0);
        Assert.Equal(1, code);
        Assert.Contains($"every balance is the sum of its entries: receivable of {anna.Id} has 29 EUR, and its entries say 30", output, StringComparison.Ordinal);
        Assert.Contains($"everybody with an account is known to payments: {anna.Id} is 1 in auth and 0 in payments", output, StringComparison.Ordinal);
        Assert.Contains($"did not give back: {booking} is 1", output, StringComparison.Ordinal);
    }
}
