using System.CommandLine;
using System.Text.Json;

namespace Portico.Host.Verbs;

/// <summary><c>portico health</c>: whether a running process can work; for container health checks.</summary>
internal static class HealthVerb
{
    private static readonly Option<string> Url = new("--url") { Description = "The process to ask", DefaultValueFactory = _ => "http://localhost:3000" };

    public static Command Create()
    {
        var verb = new Command("health", "Asks a running process whether it is ready, and each of its modules.") { Url };
        verb.SetAction((result, cancellationToken) => RunAsync(result.GetRequiredValue(Url), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(string url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var process))
        {
            throw new OperatorException($"\"{url}\" is no address such as http://localhost:3000.");
        }

        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri(process, "/healthz/ready"), cancellationToken);
            var health = await answer.Content.ReadFromJsonAsync<Health>(JsonSerializerOptions.Web, cancellationToken);
            foreach (var (module, state) in health?.Modules ?? [])
            {
                Console.WriteLine($"{module,-10} {state}");
            }

            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested
            && e is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new OperatorException($"{url} does not answer as Portico does: {e.Message}", e);
        }
    }

    private sealed record Health(string Status, Dictionary<string, string> Modules);
}
