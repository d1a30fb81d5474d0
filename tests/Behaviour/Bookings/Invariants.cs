using Portico.Bookings.Data;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>Asks of the tables of Bookings what <c>portico verify</c> asks.</summary>
internal static class Invariants
{
    public static async Task HoldAsync(Func<string, Task<IReadOnlyList<string>>> query)
    {
        List<string> faults = [];
        foreach (var invariant in BookingInvariants.All)
        {
            faults.AddRange((await query(invariant.Faults)).Select(fault => $"{invariant.Says}: {fault}"));
        }

        faults.AddRange(await query("select format('%s cannot be told: %s', type, failure) from outbox where parked_at is not null"));
        Assert.True(faults.Count == 0, $"{faults.Count} faults in the tables of Bookings, such as:\n{string.Join('\n', faults.Take(20))}");
    }

    public static Task InvariantsHoldAsync(this RunningPlatform platform) => HoldAsync(question => platform.QueryAsync<string>("bookings", question));
}
