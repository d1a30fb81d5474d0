using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portico.Analytics.Data;
using Portico.Contracts.Auth;
using Portico.Members;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Tests.Behaviour.Delivery;

namespace Portico.Tests.Behaviour.Kafka;

internal static class KafkaSteps
{
    /// <summary>Until the listener in Members has heard so many facts. Over Kafka, what is told is not yet heard.</summary>
    public static Task HearsAsync(this RunningPlatform platform, int facts) => Eventually.TrueAsync(
        async () => (await platform.HeardAsync()).Count == facts, $"{facts} facts are not heard", TimeSpan.FromSeconds(60));

    /// <summary>Has Auth say something under an id that was used before.</summary>
    public static Task TellAgainAsync(this RunningPlatform platform, Guid id, UserRegistered fact) => platform.ExecuteAsync(
        "auth",
        "insert into outbox (id, type, topic, key, payload, occurred_at) values (@id, 'user.registered', 'users', @Key, @payload, now())",
        new { id, fact.Key, payload = JsonSerializer.Serialize(fact, EventJson.Options) });

    /// <summary>How many messages the module has yet to take, by its metrics; null as long as they do not say.</summary>
    public static async Task<double?> LagAsync(this RunningPlatform platform, string module)
    {
        using var client = new HttpClient();
        var page = await client.GetStringAsync(new Uri(platform.AddressOf(module), "/metrics"));
        var lags = page.Split('\n')
            .Where(line => line.StartsWith("portico_kafka_lag", StringComparison.Ordinal) && line.Contains($"module=\"{module}\"", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)).ToList();
        return lags.Count == 0 ? null : lags.Sum();
    }

    /// <summary>To be given to <see cref="RunningPlatform.StartAsync"/>: counts how often Members is told each fact, whether it knows it or not.</summary>
    public static Action<WebApplicationBuilder> CountingTold(ConcurrentDictionary<Guid, int> told) => builder =>
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(ModuleDataSource<MembersModule>)))
        {
            builder.Services.AddSingleton(new EventSubscription("members", UserRegistered.Type, UserRegistered.Topic, "Counting", (_, fact, _) =>
            {
                told.AddOrUpdate(fact.Id, 1, (_, times) => times + 1);
                return Task.CompletedTask;
            }));
        }
    };

    /// <summary>Runs a verb beside the platform, over the same databases and the same Kafka.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(this RunningPlatform platform, KafkaServer kafka, params string[] verb) =>
        PorticoExecutable.RunAsync(platform.Databases.Concat(kafka.Settings).ToDictionary(), [.. verb, "--data", platform.DataFolder]);

    /// <summary>The same of one that has to succeed; answers what it says.</summary>
    public static async Task<string> DoAsync(this RunningPlatform platform, KafkaServer kafka, params string[] verb)
    {
        var (code, output, errors) = await platform.RunAsync(kafka, verb);
        Assert.True(code == 0, $"portico {string.Join(' ', verb)} ended with {code}: {output}{errors}");
        return output;
    }

    /// <summary>Leaves Analytics with tables in which nothing is counted yet, and nothing was received.</summary>
    public static Task<int> ForgetCountedAsync(this RunningPlatform platform) => platform.ExecuteAsync(
        "analytics",
        $"""
        alter table facts disable trigger user;
        truncate facts, inbox, {string.Join(", ", Counting.Tables)};
        alter table facts enable trigger user;
        """);
}
