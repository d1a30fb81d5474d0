using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>An event as it came.</summary>
/// <param name="ArrivedAt">A timestamp of <see cref="Stopwatch"/>.</param>
internal sealed record LiveEvent(string? Id, string Name, JsonElement Data, long ArrivedAt)
{
    public long Seq => Data.GetProperty("seq").GetInt64();

    public Guid Space => Data.GetProperty("space_id").GetGuid();

    public string State => Text("state")!;

    public string? Text(string name) => Data.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>Listens to the floor, or to another stream, as a browser does, and keeps what it heard until somebody asks.</summary>
internal sealed class LiveStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Each stream has a connection of its own, for as long as it lasts.
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 1000 }) { Timeout = Timeout.InfiniteTimeSpan };

    private readonly HttpResponseMessage response;
    private readonly Channel<LiveEvent> events = Channel.CreateUnbounded<LiveEvent>();
    private readonly CancellationTokenSource going = new();
    private readonly Task reading;
    private int comments;

    private LiveStream(HttpResponseMessage response)
    {
        this.response = response;
        reading = Task.Run(ReadAsync);
    }

    public HttpResponseHeaders Headers => response.Headers;

    /// <summary>What kept the connection alive so far.</summary>
    public int Comments => Volatile.Read(ref comments);

    /// <summary>The last event's id, as a browser would send it when it comes again.</summary>
    public string? LastId { get; private set; }

    public static async Task<LiveStream> OpenAsync(Person person, string query = "", string? lastEventId = null, Uri? at = null, string path = "/api/bookings/live")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(at ?? person.Platform.Gateway, $"{path}{query}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", person.Token);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var patience = new CancellationTokenSource(Patience);
        var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"No stream but {await Answer.ReadAsync(response)}");
        }

        return new(response);
    }

    /// <summary>The next event; fails when none comes.</summary>
    public async Task<LiveEvent> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await events.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("Nothing comes.");
        }
    }

    /// <summary>The next event, which has to have this name.</summary>
    public async Task<LiveEvent> NextAsync(string name)
    {
        var next = await NextAsync();
        return next.Name == name ? next : throw new InvalidOperationException($"Expected {name}, got {next.Name} {next.Data}");
    }

    /// <summary>What came and nobody has asked for yet.</summary>
    public IReadOnlyList<LiveEvent> Rest()
    {
        List<LiveEvent> rest = [];
        while (events.Reader.TryRead(out var next))
        {
            rest.Add(next);
        }

        return rest;
    }

    /// <summary>Waits until the platform ends the stream.</summary>
    public Task EndAsync() => reading.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        // In this order: what is disposed under a reader may give it another connection's bytes.
        await going.CancelAsync();
        await reading.WaitAsync(Patience);
        response.Dispose();
        going.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(going.Token));
            Dictionary<string, string> fields = [];
            while (await reader.ReadLineAsync(going.Token) is { } line)
            {
                if (line.StartsWith(':'))
                {
                    Interlocked.Increment(ref comments);
                }
                else if (line.Length > 0)
                {
                    fields[line.Split(':')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart();
                }
                else if (fields.Remove("data", out var data))
                {
                    LastId = fields.GetValueOrDefault("id") ?? LastId;
                    events.Writer.TryWrite(new(fields.GetValueOrDefault("id"), fields["event"], JsonSerializer.Deserialize<JsonElement>(data), Stopwatch.GetTimestamp()));
                    fields.Clear();
                }
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // Broken off, by us or by them.
        }
        finally
        {
            events.Writer.TryComplete();
        }
    }
}
