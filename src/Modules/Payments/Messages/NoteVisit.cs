using Portico.Contracts.Auth;
using Portico.Contracts.Members;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Payments.Messages;

/// <summary>Somebody came in: the first time on a day of the house at a location it has to be covered, by a plan, a pass, or a charge.</summary>
internal sealed class NoteVisit(HouseClock clock, Invoices invoices) : IHandleEvent<MemberCheckedIn>
{
    public async Task HandleAsync(MemberCheckedIn fact, Change change, CancellationToken cancellationToken)
    {
        // In facts of before roles were told nobody can be told apart; there were no day passes then either.
        var isStaff = fact.Role is not (null or Roles.Member);
        var visit = new VisitedDayRow(fact.VisitId, fact.MemberId, fact.LocationId, clock.DayOf(fact.CheckedInAt), isStaff ? "staff" : "nothing", null);
        await change.LockPassesAsync(fact.MemberId, cancellationToken);
        var isFirst = await change.ExecuteAsync(
            """
            insert into visited_days (visit_id, member_id, location_id, day, came_at, covered_by)
            values (@VisitId, @MemberId, @LocationId, @Day, @CheckedInAt, @CoveredBy) on conflict do nothing
            """, new { visit.VisitId, visit.MemberId, visit.LocationId, visit.Day, fact.CheckedInAt, visit.CoveredBy }, cancellationToken) == 1;
        if (isFirst && !isStaff && await change.CoverAsync(visit, clock.Now, cancellationToken) is { } invoice)
        {
            await invoices.IssueAsync(change, invoice, cancellationToken);
        }
    }
}
