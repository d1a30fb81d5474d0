using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Portico.Platform.Data;

namespace Portico.Platform.Web;

/// <summary>
/// Answers of a module that many ask for alike, written out and handed out again until something of the module changes in this
/// process, and for a second at the most, since other processes change things too. For what is no harm when it is a second old.
/// </summary>
public sealed class RecentAnswers<TModule> : IDisposable
{
    private const int Most = 500;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);
    private readonly ModuleDataSource<TModule> module;
    private readonly JsonSerializerOptions json;
    private readonly TimeProvider time;
    private volatile ConcurrentDictionary<object, (byte[] Body, long WrittenAt)> answers = new();

    public RecentAnswers(ModuleDataSource<TModule> module, IOptions<JsonOptions> json, TimeProvider time)
    {
        (this.module, this.json, this.time) = (module, json.Value.SerializerOptions, time);
        module.Committed += Forget;
    }

    /// <param name="question">All that the answer depends on, but what the module keeps; equal when it is.</param>
    public async Task<ReadyJson<T>> GetAsync<T>(object question, Func<Task<T>> answerAsync)
    {
        // Those of now: an answer that was read before a change is put among those that the change threw away.
        var current = answers;
        if (current.TryGetValue(question, out var recent) && time.GetElapsedTime(recent.WrittenAt) < KeptFor)
        {
            return new(recent.Body);
        }

        var readAt = time.GetTimestamp();
        var body = JsonSerializer.SerializeToUtf8Bytes(await answerAsync(), json);
        if (current.Count >= Most)
        {
            // What nobody asks for again would stay.
            current.Clear();
        }

        current[question] = (body, readAt);
        return new(body);
    }

    public void Dispose() => module.Committed -= Forget;

    // Also when nothing is kept yet: somebody may be reading what they put there afterwards.
    private void Forget() => answers = new();
}
