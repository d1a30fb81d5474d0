using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Activity.Features.Social;

/// <summary>Something a member told.</summary>
/// <param name="Username">Null until Activity has heard of the member.</param>
/// <param name="Reactions">How many reacted, by kind.</param>
/// <param name="Mine">How the caller reacted.</param>
public sealed record FeedEntry(
    Guid Id, Guid MemberId, string? Username, string Type, string Text, Guid? LocationId, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, int> Reactions,
    IReadOnlyList<string> Mine);

internal static class ShowFeed
{
    public static async Task<Results<Ok<Page<FeedEntry>>, ProblemHttpResult>> Handle(
        [FromQuery(Name = "location_id")] Guid? locationId,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<ActivityModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<Row>(
            """
            select entry.id, member_id, username, type, text, location_id, created_at,
                   (select coalesce(jsonb_object_agg(kind, count), '{}')::text from (
                       select kind, count(*) from reactions where entry_id = entry.id group by kind) as counted) as reactions,
                   (select coalesce(jsonb_agg(kind order by kind), '[]')::text from reactions
                    where entry_id = entry.id and reactions.member_id = @caller) as mine
            from social_entries as entry left join people on people.id = member_id
            where removed_at is null and (@locationId::uuid is null or location_id = @locationId) and (@before::uuid is null or entry.id < @before)
            order by entry.id desc limit @size + 1
            """, new { locationId, before, size, caller = user.Id }, cancellationToken);
        return TypedResults.Ok(Paging.Cut([.. rows.Select(row => row.Entry())], size, last => last.Id.ToString()));
    }

    private sealed record Row(
        Guid Id, Guid MemberId, string? Username, string Type, string Text, Guid? LocationId, DateTimeOffset CreatedAt, string Reactions, string Mine)
    {
        public FeedEntry Entry() =>
            new(
                Id, MemberId, Username, Type, Text, LocationId, CreatedAt, JsonSerializer.Deserialize<Dictionary<string, int>>(Reactions)!,
                JsonSerializer.Deserialize<string[]>(Mine)!);
    }
}
