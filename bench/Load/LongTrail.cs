using Portico.Bench.Servers;

namespace Portico.Bench.Load;

/// <summary>
/// An audit trail of two years in a database of its own. The records are written by its owner and not one by one through the
/// application's function: how they are found is measured, not how they came.
/// </summary>
internal static class LongTrail
{
    private const int Months = 24;
    private const string Application = "bench_activity";

    public static async Task PrepareAsync(Workbench workbench, string name, int records, CancellationToken cancellationToken)
    {
        await workbench.Database.ExecuteAsync(
            "postgres",
            $"do $$ begin if not exists (select from pg_roles where rolname = '{Application}') then create role {Application} login password '{Application}'; end if; end $$",
            null, cancellationToken);
        await workbench.Database.ExecuteAsync("postgres", $"create database {name}", null, cancellationToken);
        await Tool.RunAsync(
            workbench.Executable, ["migrate", "activity", "--data", Path.Combine(workbench.RunFolder, name)], ConfigurationOf(workbench, name), cancellationToken);
        for (var month = 0; month < Months; month++)
        {
            await workbench.Database.ExecuteAsync(name, Month, new { month, months = Months, records = records / Months }, cancellationToken);
        }

        await workbench.Database.ExecuteAsync(name, "vacuum (analyze)", null, cancellationToken);
    }

    /// <summary>How a process works on it: with the keys of the installation, whose administrator asks.</summary>
    public static Dictionary<string, string> ConfigurationOf(Workbench workbench, string name) => new()
    {
        ["Modules__activity__ConnectionString"] = $"{workbench.Database.ConnectionString(name)};Username={Application};Password={Application}",
        ["Modules__activity__OwnerConnectionString"] = workbench.Database.ConnectionString(name),
        ["Tokens__KeyFolder"] = Path.Combine(workbench.DataFolder, "keys"),
    };

    /// <summary>Everything that can be asked, each of several people.</summary>
    public static async Task<IReadOnlyList<string>> QuestionsAsync(Workbench workbench, string name, CancellationToken cancellationToken)
    {
        var people = await workbench.Database.ReadAsync(name, "select distinct subject::text from audit.records where number % 997 = 1 limit 20", cancellationToken);
        var transactions = await workbench.Database.ReadAsync(
            name, "select after ->> 'transaction_id' from audit.records where number % 991 = 1 limit 20", cancellationToken);
        var (year, month) = (TimeProvider.System.GetUtcNow().AddDays(-400), TimeProvider.System.GetUtcNow().AddDays(-370));
        return
        [
            .. people.SelectMany(person => (string[])
            [
                "", $"?subject={person}", $"?who={person}", $"?who={person}&type=booking.", "?type=kind_h.happened", "?module=payments",
                $"?from={year:yyyy-MM-dd}T00:00:00Z&to={month:yyyy-MM-dd}T00:00:00Z", $"?subject={person}&q=happily", "?q=happily",
            ]).Concat(transactions.Select(transaction => $"?q={transaction}")).Select(question => $"/api/activity/audit{question}"),
        ];
    }

    private const string Month =
        """
        select audit.ensure_month(now() - make_interval(months => @months - 1 - @month));
        insert into audit.records (number, recorded_at, event_id, type, module, actor, subject, occurred_at, origin_hash, after, previous, hash)
        select nth, at, gen_random_uuid(), case nth % 3 when 0 then 'booking.' else 'kind_' || chr(97 + (nth % 26)::int) || '.' end || 'happened',
               (array['auth', 'members', 'bookings', 'payments'])[1 + nth % 4], md5('person ' || nth * 7 % 1000)::uuid, md5('person ' || nth * 13 % 1000)::uuid, at,
               sha256('origin'),
               jsonb_build_object('transaction_id', gen_random_uuid(), 'amount', nth % 100, 'currency', 'EUR', 'how', case nth % 50 when 0 then 'happily' else 'gladly' end),
               sha256('previous'), sha256(nth::text::bytea)
        from (select nth, least(now(), date_trunc('month', now(), 'UTC') - make_interval(months => @months - 1 - @month) + nth * interval '27 days' / @records - @month * interval '27 days') as at
              from generate_series(@month * @records + 1, (@month + 1) * @records::bigint) as nth) as made;
        insert into audit.personal (number, part, person, salt, data)
        select number, 'origin', actor, sha256('salt'), '"10.0.0.1"' from audit.records where number > @month * @records;
        update audit.head set number = (@month + 1) * @records, recorded_at = now();
        """;
}
