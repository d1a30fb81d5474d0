using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Activity.Features.Audit;

internal static class ShowAuditRecord
{
    public static async Task<Results<Ok<AuditRecordResponse>, ProblemHttpResult>> Handle(
        long number, Database<ActivityModule> database, CancellationToken cancellationToken) =>
        await database.FindAsync<AuditRow>(AuditRow.Select("where number = @number"), new { number }, cancellationToken) is { } row
            ? TypedResults.Ok(row.Response())
            : Problems.NotFound("record-not-found", "There is no such record, or none any more.");
}
