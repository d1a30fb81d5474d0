using System.Collections.Concurrent;
using System.Net.Http.Json;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>Something that somebody asked for, with its key, and the answer they got in the end.</summary>
internal sealed record SentAct(Person Person, string Act, HttpMethod Method, string Path, object? Body, string Key)
{
    public Answer Answer { get; set; } = null!;

    public Task<Answer> SendToAsync(Uri process) =>
        Person.At(process).SendAsync(Method, Path, Body is null ? null : JsonContent.Create(Body, Body.GetType()), Key);
}

/// <summary>Sends what people want, each with a key, and the same again until somebody answers; of several processes the next one each time.</summary>
internal sealed class UntilAnswered(IReadOnlyList<Uri> addresses)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly HttpStatusCode[] ComeBack = [HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];
    private int interrupted;

    public ConcurrentQueue<SentAct> Sent { get; } = [];

    /// <summary>How often somebody heard nothing, or that they should come back.</summary>
    public int Interrupted => interrupted;

    public async Task<Answer> SendAsync(Person person, string act, HttpMethod method, string path, object? body)
    {
        var sent = new SentAct(person, act, method, path, body, $"{Guid.CreateVersion7()}");
        var turn = sent.Key[^1] % addresses.Count;
        List<string> instead = [];
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                sent.Answer = await sent.SendToAsync(addresses[turn++ % addresses.Count]);
                if (!ComeBack.Contains(sent.Answer.Status))
                {
                    return true;
                }

                instead.Add($"{sent.Answer}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // Nobody is there.
                instead.Add(e.Message);
            }

            Interlocked.Increment(ref interrupted);
            // Not at once, or those who ask again leave no processor for what has to start.
            await Task.Delay(100);
            return false;
        }, () => $"nobody answers {method} {path}, {instead.Count} times: {string.Join("; ", instead.Distinct())}", Patience);
        Assert.True((int)sent.Answer.Status < 500, $"{method} {path}: {sent.Answer}");
        Sent.Enqueue(sent);
        return sent.Answer;
    }
}
