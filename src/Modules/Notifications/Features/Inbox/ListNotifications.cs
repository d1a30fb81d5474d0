using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Notifications.Features.Inbox;

internal static class ListNotifications
{
    public static async Task<Results<Ok<Page<NotificationResponse>>, ProblemHttpResult>> Handle(
        bool? unread, [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit, ReadNotifications notifications, CurrentUser user,
        CancellationToken cancellationToken)
    {
        if (!TryRead(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await notifications.BeforeAsync(user.Id, before, unread ?? false, size + 1, cancellationToken);
        var page = Paging.Cut(rows, size, last => last.Seq.ToString(CultureInfo.InvariantCulture));
        return TypedResults.Ok(new Page<NotificationResponse>([.. page.Items.Select(notifications.Tell)], page.Next));
    }

    private static bool TryRead(string? after, out long? before)
    {
        before = null;
        if (!Paging.TryDecode(after, out var key) || key is null)
        {
            return string.IsNullOrEmpty(after);
        }

        before = long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : null;
        return before is not null;
    }
}
