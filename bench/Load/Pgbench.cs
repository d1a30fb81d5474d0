using System.Globalization;
using System.Text.RegularExpressions;
using Portico.Bench.Servers;

namespace Portico.Bench.Load;

/// <summary>PostgreSQL's own load generator on a scratch database of the same server: one row a transaction, nothing else.</summary>
internal sealed partial class Pgbench(Workbench workbench, int clients)
{
    private const string Scratch = "bench_scratch";
    private readonly string script = Path.Combine(workbench.RunFolder, "insert.sql");

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await workbench.Database.ExecuteAsync("postgres", $"drop database if exists {Scratch} with (force)", null, cancellationToken);
        await workbench.Database.ExecuteAsync("postgres", $"create database {Scratch}", null, cancellationToken);
        // As wide as a row of attendance, with its primary key.
        await workbench.Database.ExecuteAsync(
            Scratch,
            """
            create table scans (
                event_id uuid not null, member_id uuid not null, status text not null, source text not null,
                scanned_at timestamptz, recorded_at timestamptz not null, primary key (event_id, member_id))
            """, null, cancellationToken);
        await File.WriteAllTextAsync(
            script,
            """
            insert into scans values ('019300aa-0000-7000-8000-000000000001', gen_random_uuid(), 'present', 'scan', now(), now());

            """, cancellationToken);
    }

    public async Task<double> TransactionsPerSecondAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var program = Tool.Find("postgresql-15", "/usr/lib/postgresql/15/bin/pgbench", "/usr/bin/pgbench");
        string[] arguments =
        [
            "-h", "127.0.0.1", "-p", workbench.Database.Port, "-U", "postgres", "-n", "-M", "prepared", "-f", script,
            "-c", $"{clients}", "-j", "2", "-T", $"{duration.TotalSeconds}", Scratch,
        ];
        var output = await Tool.RunAsync(program, arguments, new Dictionary<string, string> { ["PGPASSWORD"] = workbench.Database.Password }, cancellationToken);
        return double.Parse(PerSecond.Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex PerSecond { get; }
}
