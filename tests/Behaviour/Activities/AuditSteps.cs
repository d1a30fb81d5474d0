using System.Text.Json;
using Dapper;
using Npgsql;

namespace Portico.Tests.Behaviour.Activities;

/// <summary>What administrators ask of the trail, and what others try to do to it.</summary>
internal static class AuditSteps
{
    public static async Task<IReadOnlyList<JsonElement>> AuditAsync(this Person admin, string query = "") =>
        [.. (await admin.GetAsync($"/api/activity/audit?{query}")).Expect(HttpStatusCode.OK)["items"].EnumerateArray()];

    /// <summary>Until everything that was said is in the trail.</summary>
    public static async Task AllRecordedAsync(this RunningPlatform platform)
    {
        foreach (var module in (string[])["auth", "members", "bookings", "payments"])
        {
            await platform.AllToldAsync(module);
        }
    }

    public static Task<(int ExitCode, string Output, string Errors)> VerifyAuditAsync(this RunningPlatform platform) =>
        PorticoExecutable.RunAsync(platform.Databases, "audit", "verify", "--data", platform.DataFolder);

    /// <summary>As who owns the trail, with its guards off: what nobody but the database's keeper can do.</summary>
    public static async Task TamperAsync(this RunningPlatform platform, string sql)
    {
        await using var owner = new NpgsqlConnection(platform.Databases["Modules:activity:OwnerConnectionString"]);
        await owner.ExecuteAsync($"alter table audit.records disable trigger all; {sql}; alter table audit.records enable trigger all");
    }
}
