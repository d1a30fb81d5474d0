using Npgsql;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Reports;

/// <summary>
/// Reads the figures of one report from one moment of the database, so that they agree, and no longer than some seconds: a
/// report may not slow down those who book.
/// </summary>
internal static class ReportReading
{
    private const string Limits =
        "set transaction isolation level repeatable read, read only; set local statement_timeout = '10s'; set local work_mem = '32MB'";

    /// <summary>What <paramref name="read"/> makes of it, or why there is no such report.</summary>
    public static async Task<(T? Report, ProblemHttpResult? Refusal)> ReadReportAsync<T>(
        this Database<BookingsModule> database, ReportRequest request, CurrentUser user, DateTimeOffset now,
        Func<ReportScope, ReportFigures, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var (scope, refusal) = await ReportScope.ReadAsync(request, database, user, cancellationToken);
        if (scope is null)
        {
            return (null, refusal);
        }

        return await database.ReadScopeAsync(scope, now, read, cancellationToken) is { } report
            ? (report, null)
            : (null, Problems.Unprocessable("report-too-large", "That is too much to be counted at once: ask for fewer days, or for one location."));
    }

    /// <summary>What <paramref name="read"/> makes of it; null when that takes too long.</summary>
    public static async Task<T?> ReadScopeAsync<T>(
        this Database<BookingsModule> database, ReportScope scope, DateTimeOffset now, Func<ReportScope, ReportFigures, Task<T>> read,
        CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await using var change = await database.BeginAsync(cancellationToken);
            await change.ExecuteAsync(Limits, null, cancellationToken);
            return await read(scope, new(change, scope, now));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            return null;
        }
    }
}
