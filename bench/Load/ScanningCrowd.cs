using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Portico.Bench.Servers;

namespace Portico.Bench.Load;

/// <summary>Members who scan the code of one open event, each once, as fast as they are answered.</summary>
internal sealed class ScanningCrowd(Workbench workbench, PorticoServer server, int clients, string code)
{
    // More than a round can take on any machine this runs on; wrk complains if not.
    private const int Members = 60_000;

    public static async Task<ScanningCrowd> AtNewEventAsync(Workbench workbench, PorticoServer server, int clients, CancellationToken cancellationToken)
    {
        using var admin = new HttpClient { BaseAddress = server.Address };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", workbench.Identities.Admin());
        var now = TimeProvider.System.GetUtcNow();
        var location = await PostAsync("/api/bookings/locations", new { name = $"Bench {Identities.NewId()}", time_zone = "Europe/Rome" });
        await workbench.DeliverAsync("bookings", cancellationToken);
        var place = await PostAsync("/api/members/events", new
        {
            location_id = location, name = "Bench", place = "Hall", starts_at = now.AddMinutes(-1), ends_at = now.AddHours(2),
        });
        var shown = await admin.GetFromJsonAsync<JsonElement>($"/api/members/events/{place}/qr?kind=paper&format=text", cancellationToken);
        return new(workbench, server, clients, shown.GetProperty("code").GetString()!);

        async Task<string> PostAsync<T>(string path, T body)
        {
            using var answer = await admin.PostAsJsonAsync(path, body, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!
                : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {text}");
        }
    }

    /// <summary>Scans that the database holds afterwards, a second.</summary>
    public async Task<double> CommittedPerSecondAsync(CancellationToken cancellationToken)
    {
        var tokens = Path.Combine(workbench.RunFolder, "tokens");
        var identities = workbench.Identities;
        await File.WriteAllLinesAsync(tokens, Enumerable.Range(0, Members).Select(_ => identities.Member(Identities.NewId())), cancellationToken);
        var before = await workbench.Database.CountAsync("portico_members", "attendance", cancellationToken);
        var round = await Wrk.RunAsync(
            ["-c", $"{clients}", "-s", Script, new Uri(server.Address, "/api/members/qr/scan").AbsoluteUri, "--", tokens, $"{{\"code\":\"{code}\"}}"], cancellationToken);
        var after = await workbench.Database.CountAsync("portico_members", "attendance", cancellationToken);
        return (after - before) / round.Took.TotalSeconds;
    }

    private static string Script => Path.Combine(AppContext.BaseDirectory, "posts.lua");
}
