using Portico.Platform.Data;

namespace Portico.Notifications.Features.Preferences;

/// <summary>What a member is told, and how.</summary>
/// <param name="Language"><c>en</c> or <c>it</c>; null where they have not chosen, and the house's is used.</param>
public sealed record PreferencesResponse(string? Language, IReadOnlyList<KindResponse> Kinds);

/// <summary>Something one may be told of.</summary>
/// <param name="Required">It comes whether one likes it or not.</param>
public sealed record KindResponse(string Kind, bool Email, bool InApp, bool Required);

internal static class PreferencesSql
{
    public static async Task<PreferencesResponse> PreferencesOfAsync(
        this Database<NotificationsModule> database, Guid memberId, CancellationToken cancellationToken)
    {
        var off = (await database.QueryAsync<(string Kind, string Channel)>(
            "select kind, channel from unwanted where member_id = @memberId", new { memberId }, cancellationToken)).ToHashSet();
        return new(
            await database.FindAsync<string>("select language from people where id = @memberId", new { memberId }, cancellationToken),
            [.. NotificationKinds.All.Select(kind => new KindResponse(
                kind, !off.Contains((kind, "email")), !NotificationKinds.IsMailOnly(kind) && !off.Contains((kind, "in_app")), NotificationKinds.IsMailOnly(kind)))]);
    }
}
