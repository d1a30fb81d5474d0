namespace Portico.Notifications.Webhooks;

/// <summary>Where something is to be sent.</summary>
/// <param name="Secret">Null once it is removed.</param>
internal sealed record EndpointRow(Guid Id, string Url, string? Secret, DateTimeOffset? DisabledAt);

/// <summary>An administrator's webhook that has not worked for long.</summary>
internal sealed record WebhookDisabled(Guid EndpointId, string Host, DateTimeOffset FailingSince, DateTimeOffset DisabledAt);
