using System.ComponentModel.DataAnnotations;

namespace Portico.Bookings.Features.Live;

/// <summary>
/// The live floor: <c>{"Modules": {"Bookings": {"Live": {"Heartbeat": "00:00:15", "SlowAfter": "00:00:10", "Kept": 4096}}}}</c>.
/// </summary>
internal sealed class LiveOptions
{
    public const string Section = "Modules:Bookings:Live";

    /// <summary>
    /// How often a stream says something, and is looked at, when nothing happens. Proxies cut what is silent: the gateway's own
    /// patience is <c>Gateway:ForwardTimeout</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:05:00")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a listener may take to accept what was sent before the stream is ended.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:05:00")]
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many changes a process keeps at hand. Who is further behind and still listening is ended.</summary>
    [Range(500, 1_000_000)]
    public int Kept { get; init; } = 4096;
}
