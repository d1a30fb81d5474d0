using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Memberships;

/// <summary>For how long it is to rest, from the end of the period that runs.</summary>
public sealed record PauseMembershipRequest([property: JsonRequired, Range(1, 24)] int Months);

internal static class PauseMembership
{
    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleMine(
        PauseMembershipRequest request, Database<PaymentsModule> database, IOptions<MembershipOptions> options, CurrentUser user,
        CancellationToken cancellationToken) => PauseAsync(MembershipOwner.Member(user.Id), request.Months, database, options.Value, cancellationToken);

    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, PauseMembershipRequest request, Database<PaymentsModule> database, IOptions<MembershipOptions> options,
        CancellationToken cancellationToken) => PauseAsync(MembershipOwner.Member(memberId), request.Months, database, options.Value, cancellationToken);

    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleTeams(
        [FromRoute(Name = "team_id")] Guid teamId, PauseMembershipRequest request, Database<PaymentsModule> database, IOptions<MembershipOptions> options,
        CancellationToken cancellationToken) => PauseAsync(MembershipOwner.Team(teamId), request.Months, database, options.Value, cancellationToken);

    private static async Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> PauseAsync(
        MembershipOwner owner, int months, Database<PaymentsModule> database, MembershipOptions options, CancellationToken cancellationToken)
    {
        if (months > options.PauseMonths)
        {
            return Problems.Invalid("months", $"A membership rests for {options.PauseMonths} months at the most.");
        }

        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockMembershipAsync(owner, cancellationToken) is not { } membership)
        {
            return MembershipProblems.NotFound();
        }

        if (!membership.Runs || membership.CancelAt is not null)
        {
            return MembershipProblems.NotOpen(membership.Runs ? "cancelling" : membership.Status);
        }

        await change.WriteAsync("update memberships set pause_months = @months where id = @Id", new { membership.Id, months }, cancellationToken);
        return await change.AnswerAsync(membership.Id, cancellationToken);
    }
}
