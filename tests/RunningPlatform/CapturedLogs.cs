using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Portico.Tests;

/// <summary>Everything the platform logged, and the secrets that may not be in it.</summary>
public sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentDictionary<string, bool> secrets = new();

    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>Something a person sent or was given that nobody may read in a log.</summary>
    public void Secret(string? value)
    {
        if (value is { Length: >= 8 })
        {
            secrets.TryAdd(value, true);
        }
    }

    public void AssertNoSecrets()
    {
        foreach (var line in lines)
        {
            if (secrets.Keys.FirstOrDefault(secret => line.Contains(secret, StringComparison.Ordinal)) is { } leaked)
            {
                throw new InvalidOperationException($"A secret ({leaked[..3]}…) is in the log: {line.Replace(leaked, "***", StringComparison.Ordinal)}");
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Sink(categoryName, lines);

    public void Dispose()
    {
    }

    private sealed class Sink(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
