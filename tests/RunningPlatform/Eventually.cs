using System.Diagnostics;

namespace Portico.Tests;

/// <summary>Waits for what happens by itself, and says what did not.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task TrueAsync(Func<Task<bool>> holds, string otherwise, TimeSpan? within = null) => TrueAsync(holds, () => otherwise, within);

    public static async Task TrueAsync(Func<Task<bool>> holds, Func<string> otherwise, TimeSpan? within = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > (within ?? Patience))
            {
                throw new TimeoutException(otherwise());
            }

            await Task.Delay(20);
        }
    }

    public static async Task<T> NotNullAsync<T>(Func<Task<T?>> find, string otherwise)
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await find()) is not null, otherwise);
        return found!;
    }
}
