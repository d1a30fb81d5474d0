using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Auth.Log;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Admin;

/// <summary>Something that happened to an account, or was refused.</summary>
/// <param name="Action">For instance <c>login</c>, <c>refresh</c>, <c>password_reset</c>, <c>role_change</c>.</param>
/// <param name="Outcome"><c>ok</c>, or why not: <c>wrong_password</c>, <c>unknown_user</c>, <c>blocked</c>, <c>replayed</c>, …</param>
/// <param name="AccountId">Whose account; null when there is none of that name.</param>
/// <param name="ActorId">The account that was signed in when it happened.</param>
/// <param name="Detail">The new role, the reason of a suspension, the session that was ended.</param>
public sealed record AuthLogResponse(
    Guid Id, DateTimeOffset At, string Action, string Outcome, Guid? AccountId, string Username, Guid? ActorId, string Address, string Agent, string? Detail);

internal static class ListAuthLogs
{
    private const int MostInCsv = 100_000;
    private const string Columns = "id, at, action, outcome, account_id, username, actor_id, address, agent, detail";

    public static async Task<Results<Ok<Page<AuthLogResponse>>, CsvAnswer<AuthLogResponse>, ProblemHttpResult>> Handle(
        Database<AuthModule> database,
        CancellationToken cancellationToken,
        [FromQuery(Name = "account_id")] Guid? accountId = null,
        string? action = null,
        string? outcome = null,
        [StringLength(64)] string? address = null,
        [Range(typeof(DateTimeOffset), "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")] DateTimeOffset? from = null,
        [Range(typeof(DateTimeOffset), "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")] DateTimeOffset? to = null,
        [AllowedValues(null, "json", "csv")] string? format = null,
        string? after = null,
        [Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit)
    {
        // To an auditor who mistypes a word, an empty list would say that nothing happened.
        if (action is not null && !LogActions.All.Contains(action))
        {
            return Problems.Invalid("action", $"One of {string.Join(", ", LogActions.All)}.");
        }

        if (outcome is not null && !LogOutcomes.All.Contains(outcome))
        {
            return Problems.Invalid("outcome", $"One of {string.Join(", ", LogOutcomes.All)}.");
        }

        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the end of a page of ours.");
        }

        var rows = await database.QueryAsync<AuthLogResponse>(
            $"""
            select {Columns} from auth_log
            where (@accountId::uuid is null or account_id = @accountId)
              and (@action is null or action = @action)
              and (@outcome is null or outcome = @outcome)
              and (@address is null or address = @address)
              and (@from is null or at >= @from) and (@to is null or at < @to)
              and (@before::uuid is null or id < @before)
            order by id desc limit @most
            """,
            new
            {
                accountId, action, outcome, address, from, to, before,
                most = format == "csv" ? MostInCsv : limit + 1,
            }, cancellationToken);
        return format == "csv" ? Csv(rows) : TypedResults.Ok(Paging.Cut(rows, limit, row => row.Id.ToString()));
    }

    private static CsvAnswer<AuthLogResponse> Csv(IReadOnlyList<AuthLogResponse> rows) => new(
        rows,
        "auth-log.csv",
        new("id", row => row.Id),
        new("at", row => row.At),
        new("action", row => row.Action),
        new("outcome", row => row.Outcome),
        new("account_id", row => row.AccountId),
        new("username", row => row.Username),
        new("actor_id", row => row.ActorId),
        new("address", row => row.Address),
        new("agent", row => row.Agent),
        new("detail", row => row.Detail));
}
