using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Npgsql;
using Portico.Bookings.Features.Imports;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Portico.Bookings.Features.Spaces;

/// <summary>Spaces from a file like the one that the list gives. A line is about the space with its id, else about the one with its name, else new.</summary>
internal static class ImportSpaces
{
    public static async Task<Results<Ok<ImportResponse>, ProblemHttpResult>> Handle(
        HttpRequest request,
        [FromQuery(Name = "dry_run")] bool? dryRun,
        Database<BookingsModule> database, CurrentUser user, IOptions<JsonOptions> json, TimeProvider time, CancellationToken cancellationToken)
    {
        List<CsvFault> faults = [];
        var (rows, refusal) = await ImportFile.ReadAsync(request, SpaceFile.Columns, faults, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        List<SpaceLine> lines = [.. rows.Select(row => SpaceFile.Read(row, faults, json.Value.SerializerOptions))];
        await using var change = await database.BeginAsync(cancellationToken);
        var plan = await SpaceImport.PlanAsync(change, lines, user, time.GetUtcNow(), dryRun is true, cancellationToken);
        if (faults.Count > 0)
        {
            return ImportFile.Refused(faults);
        }

        if (dryRun is not true)
        {
            try
            {
                await plan.WriteAsync(change, time.GetUtcNow(), cancellationToken);
            }
            catch (PostgresException e) when (e.ConstraintName == "spaces_name")
            {
                return SpaceProblems.NameTaken();
            }

            await change.CommitAsync(cancellationToken);
        }

        return TypedResults.Ok(new ImportResponse(plan.Created.Count, plan.Changed.Count, lines.Count - plan.Created.Count - plan.Changed.Count, dryRun is true));
    }
}
