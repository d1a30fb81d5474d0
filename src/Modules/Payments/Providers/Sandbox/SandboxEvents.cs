using System.Text.Json.Nodes;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Payments.Providers.Sandbox;

/// <summary>Says that the sandbox has something to tell.</summary>
internal sealed class SandboxBell
{
    public Bell Bell { get; } = new();
}

internal static class SandboxEvents
{
    /// <summary>Keeps what happened until somebody has taken it: a webhook in Stripe's words.</summary>
    public static async Task TellAsync(
        this Change change, string type, JsonObject about, DateTimeOffset now, SandboxBell bell, CancellationToken cancellationToken)
    {
        var id = $"evt_{Guid.CreateVersion7():N}";
        var payload = new JsonObject
        {
            ["id"] = id,
            ["object"] = "event",
            ["type"] = type,
            ["created"] = now.ToUnixTimeSeconds(),
            ["livemode"] = false,
            ["data"] = new JsonObject { ["object"] = about },
        };
        await change.WriteAsync(
            "insert into sandbox_events (id, payload, created_at, next_at) values (@id, @payload, @now, @now)",
            new { id, payload = payload.ToJsonString(), now }, cancellationToken);
        change.AfterCommit(bell.Bell.Ring);
    }
}
