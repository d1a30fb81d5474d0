namespace Portico.Tests.Behaviour.BadInput;

/// <summary>What every row of every table adds up to: refused requests leave it as it was.</summary>
internal static class TableSums
{
    // Logs of what was refused (a door keeps every scan with its answer) and of who looked, and what moves by the clock or is sent.
    private const string Moving = "^(auth_log|space_views|login_failures|door_scans|migrations|qrtz_.*|schedule.*|jobs?_.*|deliveries)$";

    /// <summary>Until everybody has heard what happened and the floor's changes have their numbers: both come after the commit.</summary>
    public static async Task SettledAsync(this RunningPlatform platform)
    {
        foreach (var module in Portico.Host.ModuleCatalog.WithDatabase)
        {
            await platform.AllToldAsync(module);
        }

        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<int>("bookings", "select count(*)::int from floor_changes where seq is null")).Single() == 0, "a change of the floor gets no number");
    }

    public static async Task<IReadOnlyDictionary<string, string>> SumsAsync(this RunningPlatform platform)
    {
        Dictionary<string, string> sums = [];
        foreach (var module in Portico.Host.ModuleCatalog.WithDatabase)
        {
            var tables = await platform.QueryAsync<string>(module, $"select tablename from pg_tables where schemaname = 'public' and tablename !~ '{Moving}'");
            Assert.NotEmpty(tables);
            foreach (var table in tables)
            {
                var sum = await platform.QueryAsync<string>(
                    module, $"select count(*) || ' rows ' || coalesce(md5(string_agg(line, chr(10) order by line)), '') from (select t::text as line from {table} as t) as lines");
                sums[$"{module}.{table}"] = sum.Single();
            }
        }

        return sums;
    }
}
