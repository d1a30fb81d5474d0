using System.ComponentModel.DataAnnotations;

namespace Portico.Notifications.Webhooks;

/// <summary>How others are told of facts by HTTP: <c>{"Modules": {"Notifications": {"Webhooks": {"DisableAfter": "2.00:00:00"}}}}</c>.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Modules:Notifications:Webhooks";

    /// <summary>
    /// Whether endpoints may be on this machine or in its networks, and without TLS. Administrators can then make Portico send to
    /// whatever listens there.
    /// </summary>
    public bool AllowPrivate { get; init; }

    /// <summary>How long an endpoint may take to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An endpoint that has taken nothing for so long is sent nothing more, and administrators are told.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan DisableAfter { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How many endpoints there may be.</summary>
    [Range(1, 1000)]
    public int Most { get; init; } = 50;
}
