using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Bookings.Races;

namespace Portico.Tests.Behaviour.Faults;

[Trait("Category", "Proof")]
public sealed class KilledUnderBookingsTests(ITestOutputHelper output)
{
    private const int People = 12;
    private const int Rooms = 4;
    private const int Rounds = 10;

    [Fact]
    public async Task Whatever_is_killed_no_booking_is_lost_or_made_twice_and_no_slot_is_stuck()
    {
        var random = Chance.Random(output);
        await using var processes = await BookingProcesses.StartAsync();
        var platform = processes.Platform;
        var (staff, people, somebody) = (await platform.AdminAsync(), await platform.MembersAsync(People), await platform.MemberAsync());
        var place = await platform.AddOpenPlaceAsync();
        var interrupted = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var strike = (Strike)(round % Enum.GetValues<Strike>().Length);
            var (rooms, from) = (await Task.WhenAll(Enumerable.Range(0, Rooms).Select(_ => staff.AddSpaceAsync(place))), platform.Hour());
            var crowd = new BookingCrowd(processes, people, staff, rooms, from, random);
            var answers = random.Next(40, 160);
            await crowd.RunAsync(answers, () => processes.SufferAsync(strike));
            interrupted += crowd.Interrupted;
            output.WriteLine($"round {round + 1}: {strike} after {answers} of {crowd.Sent.Count} answers, {crowd.Bookings.Count} bookings, {crowd.Interrupted} times asked again");

            var reckoning = new BookingReckoning(processes, crowd, rooms, from);
            await reckoning.AnswersStandAsync();
            await reckoning.BookingsStandAsync();
            await platform.InvariantsHoldAsync();
            await reckoning.NoSlotIsStuckAsync(somebody);
            await reckoning.FactsArriveOnceAsync();
            await platform.InvariantsHoldAsync();
        }

        Assert.True(interrupted >= Rounds, $"only {interrupted} times was somebody not answered");
    }
}
