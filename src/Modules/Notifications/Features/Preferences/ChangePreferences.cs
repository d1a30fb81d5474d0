using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Notifications.Features.Preferences;

/// <summary>All of what a member wants. What is not named comes both ways.</summary>
/// <param name="Language"><c>en</c>, <c>it</c>, or null for the house's.</param>
public sealed record ChangePreferencesRequest(
    [property: RegularExpression("en|it")] string? Language, [property: Required, MaxLength(50)] IReadOnlyList<KindPreference>? Kinds);

/// <summary>How to be told of something.</summary>
public sealed record KindPreference([property: Required, StringLength(40)] string Kind, bool? Email, bool? InApp);

internal static class ChangePreferences
{
    public static async Task<Results<Ok<PreferencesResponse>, ProblemHttpResult>> Handle(
        ChangePreferencesRequest request, Database<NotificationsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        var kinds = request.Kinds!;
        if (kinds.FirstOrDefault(one => !NotificationKinds.All.Contains(one.Kind)) is not null)
        {
            return Problems.Invalid("kinds", $"What there is: {string.Join(", ", NotificationKinds.All)}.");
        }

        if (kinds.DistinctBy(one => one.Kind).Count() < kinds.Count)
        {
            return Problems.Invalid("kinds", "Name each kind once.");
        }

        if (kinds.FirstOrDefault(one => one.Email == false && NotificationKinds.IsMailOnly(one.Kind)) is { } needed)
        {
            return Problems.Unprocessable("notification-required", "This one comes whether one likes it or not.", ("kind", needed.Kind));
        }

        var off = kinds.Where(one => one.Email == false).Select(one => (one.Kind, Channel: "email"))
            .Concat(kinds.Where(one => one.InApp == false && !NotificationKinds.IsMailOnly(one.Kind)).Select(one => (one.Kind, Channel: "in_app"))).ToList();
        await using var change = await database.BeginAsync(cancellationToken);
        // Of two at once the second waits here, so that what stands is all of what one of them said.
        if (await change.ExecuteAsync(
            "update people set language = @Language where id = @userId and status = 'active'", new { request.Language, userId = user.Id }, cancellationToken) == 0)
        {
            return Problems.Conflict("not-known-yet", "Your account is too new: try again in a moment.");
        }

        await change.ExecuteAsync(
            """
            delete from unwanted where member_id = @userId;
            insert into unwanted (member_id, kind, channel) select @userId, kind, channel from unnest(@kinds, @channels) as off (kind, channel)
            """,
            new { userId = user.Id, kinds = off.Select(one => one.Kind).ToArray(), channels = off.Select(one => one.Channel).ToArray() }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(await database.PreferencesOfAsync(user.Id, cancellationToken));
    }
}
