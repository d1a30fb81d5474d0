namespace Portico.Notifications.Features.Webhooks;

/// <summary>Where others are told of facts.</summary>
/// <param name="Topics">It is told every fact of these.</param>
/// <param name="Types">And facts of these types.</param>
/// <param name="FailingSince">Since when it has taken nothing of what was sent; null while it does.</param>
/// <param name="DisabledReason"><c>by_hand</c> or <c>failing</c>; null while it is enabled.</param>
public sealed record WebhookResponse(
    Guid Id, string Url, string? Description, IReadOnlyList<string> Topics, IReadOnlyList<string> Types, DateTimeOffset CreatedAt,
    DateTimeOffset? FailingSince, DateTimeOffset? DisabledAt, string? DisabledReason);

/// <summary>A new one, with what its receiver needs to know our signatures by. It is never shown again.</summary>
public sealed record AddedWebhookResponse(WebhookResponse Webhook, string Secret);

/// <param name="Topics">With commas.</param>
/// <param name="Types">With commas.</param>
internal sealed record WebhookRow(
    Guid Id, string Url, string? Description, string Topics, string Types, DateTimeOffset CreatedAt, DateTimeOffset? FailingSince,
    DateTimeOffset? DisabledAt, string? DisabledReason)
{
    public const string Columns =
        "id, url, description, array_to_string(topics, ',') as topics, array_to_string(types, ',') as types, created_at, failing_since, disabled_at, disabled_reason";

    public WebhookResponse Tell() => new(Id, Url, Description, Split(Topics), Split(Types), CreatedAt, FailingSince, DisabledAt, DisabledReason);

    private static string[] Split(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
