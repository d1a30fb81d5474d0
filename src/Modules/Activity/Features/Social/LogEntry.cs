using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Activity.Features.Social;

/// <summary>Something to tell the others.</summary>
/// <param name="Type">A short word of one's own, such as <c>note</c>, <c>question</c> or <c>event</c>.</param>
/// <param name="LocationId">The place it is about.</param>
public sealed record LogEntryRequest(
    [property: Required, RegularExpression("[a-z][a-z0-9_]{0,39}")] string Type,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Text,
    Guid? LocationId = null);

/// <summary>It was told.</summary>
public sealed record LoggedEntry(Guid Id, Guid MemberId, string Type, string Text, Guid? LocationId, DateTimeOffset CreatedAt);

internal static class LogEntry
{
    public static async Task<Results<Created<LoggedEntry>, ProblemHttpResult>> Handle(
        LogEntryRequest request, Database<ActivityModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Text.Trim() is not { Length: > 0 } text)
        {
            return Problems.Invalid("text", "Say something.");
        }

        var entry = new LoggedEntry(Guid.CreateVersion7(), user.Id, request.Type, text, request.LocationId, time.GetStoredNow());
        await using var change = await database.BeginAsync(cancellationToken);
        await change.ExecuteAsync(
            "insert into social_entries (id, member_id, type, text, location_id, created_at) values (@Id, @MemberId, @Type, @Text, @LocationId, @CreatedAt)",
            entry, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created("/api/activity/social/feed", entry);
    }
}
