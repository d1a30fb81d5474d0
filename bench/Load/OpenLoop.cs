using System.Diagnostics;
using System.Net.Http.Headers;

namespace Portico.Bench.Load;

/// <summary>
/// Requests at fixed times whether or not earlier ones were answered, each timed from when it was due: a server that stalls
/// is charged for everybody who would have come meanwhile. The clock's own millisecond is in every figure.
/// </summary>
/// <param name="askAsync">Asks, given how many asked before, and throws where the answer is no good.</param>
internal sealed class OpenLoop(Func<int, CancellationToken, Task> askAsync)
{
    /// <summary>Always the same question.</summary>
    public OpenLoop(HttpClient client, Uri address, string token)
        : this((_, cancellationToken) => GetAsync(client, address, token, cancellationToken))
    {
    }

    public async Task<double> P99MillisecondsAsync(int perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var total = (int)(perSecond * duration.TotalSeconds);
        var requests = new List<Task<double>>(total);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var clock = Stopwatch.StartNew();
        while (requests.Count < total)
        {
            await ticks.WaitForNextTickAsync(cancellationToken);
            while (requests.Count < total && DueAt(requests.Count, perSecond) <= clock.Elapsed)
            {
                requests.Add(AskAsync(requests.Count, DueAt(requests.Count, perSecond), clock, cancellationToken));
            }
        }

        var latencies = await Task.WhenAll(requests);
        Array.Sort(latencies);
        return latencies[(int)Math.Ceiling(latencies.Length * 0.99) - 1];
    }

    public static async Task GetAsync(HttpClient client, Uri address, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static TimeSpan DueAt(int number, int perSecond) => TimeSpan.FromSeconds((double)number / perSecond);

    private async Task<double> AskAsync(int number, TimeSpan due, Stopwatch clock, CancellationToken cancellationToken)
    {
        await askAsync(number, cancellationToken);
        return (clock.Elapsed - due).TotalMilliseconds;
    }
}
