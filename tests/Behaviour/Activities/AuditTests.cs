using Dapper;
using Npgsql;
using Portico.Contracts.Auth;
using Portico.Tests.Behaviour.Payments;

namespace Portico.Tests.Behaviour.Activities;

public sealed class AuditTests
{
    [Theory, InBothShapes]
    public async Task What_happened_is_in_the_trail_with_who_whence_before_and_after(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        (await anna.PatchAsync("/api/auth/me", new { name = "Anna" })).Expect(HttpStatusCode.OK);
        // Each module tells its own in order, and not in that of the others.
        await platform.AllRecordedAsync();
        await anna.OwesAsync(12);
        await platform.AllRecordedAsync();
        (await admin.PutAsync($"/api/auth/admin/users/{anna.Id}/role", new { role = "manager" })).Expect(HttpStatusCode.OK);
        await platform.AllRecordedAsync();

        var records = await admin.AuditAsync($"subject={anna.Id}");
        Assert.Equal(
            ["user.role_changed", "transaction.created", "user.changed", "user.registered"], records.Select(record => record.GetProperty("type").GetString()!));
        var (role, charge, details) = (records[0], records[1], records[2]);
        Assert.Equal(
            (admin.Id, "127.0.0.1", "auth", "member", "manager"),
            (role.GetProperty("actor").GetGuid(), role.GetProperty("origin").GetString(), role.GetProperty("module").GetString(),
                role.GetProperty("before").GetProperty("role").GetString(), role.GetProperty("after").GetProperty("role").GetString()));
        Assert.Equal((anna.Id, 12), (charge.GetProperty("actor").GetGuid(), charge.GetProperty("after").GetProperty("amount").GetDecimal()));
        Assert.Equal("Anna", details.GetProperty("after").GetProperty("name").GetString());
        Assert.Equal(anna.Username, details.GetProperty("before").GetProperty("username").GetString());

        // Every way to ask.
        var number = charge.GetProperty("number").GetInt64();
        foreach (var query in (string[])["type=transaction.created", "type=transaction.", "module=payments", $"who={anna.Id}&type=transaction.", "q=EUR", $"q=created+12&subject={anna.Id}"])
        {
            Assert.Equal([number], (await admin.AuditAsync(query)).Select(record => record.GetProperty("number").GetInt64()));
        }

        Assert.Empty(await admin.AuditAsync("q=nothing-of-the-kind"));
        Assert.Empty(await admin.AuditAsync("from=2099-01-01T00:00:00Z"));
        Assert.Equal(number, (await admin.GetAsync($"/api/activity/audit/{number}")).Expect(HttpStatusCode.OK)["number"].GetInt64());
        (await admin.GetAsync("/api/activity/audit/1000000")).Expect(HttpStatusCode.NotFound, "record-not-found");
        var page = (await admin.GetAsync($"/api/activity/audit?subject={anna.Id}&limit=3")).Expect(HttpStatusCode.OK);
        Assert.Equal("user.registered", (await admin.AuditAsync($"subject={anna.Id}&after={page.Text("next")}")).Single().GetProperty("type").GetString());
        Assert.Contains("transaction.created", (await admin.GetAsync("/api/activity/audit?format=csv")).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);

        // Mine, and not from where others acted; the rest is for administrators.
        await anna.LoginAsync(anna.Username);
        var mine = (await anna.GetAsync("/api/activity/audit/mine")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().ToList();
        Assert.Equal(4, mine.Count);
        Assert.Null(mine[0].GetProperty("origin").GetString());
        Assert.Equal("127.0.0.1", mine[1].GetProperty("origin").GetString());
        (await anna.GetAsync("/api/activity/audit")).Expect(HttpStatusCode.Forbidden);
        (await anna.GetAsync($"/api/activity/audit/{number}")).Expect(HttpStatusCode.Forbidden);

        // Names and addresses are forgotten with the person, and the chain holds; secrets were never in it.
        await platform.TellAsync("auth", new PasswordResetRequested(anna.Id, anna.Username, "anna@example.org", "sealed-words", DateTimeOffset.UnixEpoch));
        await platform.TellAsync("auth", new UserDeleted(anna.Id, admin.Id, DateTimeOffset.UnixEpoch));
        await platform.AllRecordedAsync();
        records = await admin.AuditAsync($"subject={anna.Id}");
        Assert.Equal(6, records.Count);
        Assert.DoesNotContain(records, record => $"{record}".Contains("Anna", StringComparison.Ordinal) || $"{record}".Contains(anna.Username, StringComparison.Ordinal) || $"{record}".Contains("sealed", StringComparison.Ordinal));
        Assert.Null(records[3].GetProperty("origin").GetString());
        var proof = await platform.VerifyAuditAsync();
        Assert.True(proof.ExitCode == 0, proof.Errors);
        Assert.Contains(" records from ", proof.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_at_once_and_again_leave_one_unbroken_chain_that_the_application_cannot_touch_and_tampering_is_named()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        await platform.AdminAsync();
        await platform.AllRecordedAsync();
        var id = Guid.CreateVersion7();
        const string Tell =
            """
            insert into outbox (id, type, topic, key, payload, occurred_at)
            select case nth when 1 then @id else gen_random_uuid() end, 'test.said', 'users', gen_random_uuid(), '{"nth": ' || nth || '}', now() from generate_series(1, @count) as nth
            """;
        // From several modules at once: each has a relay of its own.
        await Task.WhenAll(((string[])["auth", "members", "bookings", "payments", "payments"]).Select(module =>
            platform.ExecuteAsync(module, Tell, new { id = module == "auth" ? id : Guid.CreateVersion7(), count = 10 })));
        await platform.AllRecordedAsync();
        await platform.ExecuteAsync("members", Tell, new { id, count = 1 });
        await platform.AllRecordedAsync();
        Assert.Equal(50, (await platform.QueryAsync<long>("activity", "select count(*) from audit.records where type = 'test.said'")).Single());
        Assert.Equal(1, (await platform.QueryAsync<long>("activity", "select count(*) from audit.records where event_id = @id", new { id })).Single());
        Assert.Equal(0, (await platform.VerifyAuditAsync()).ExitCode);

        var month = (await platform.QueryAsync<string>("activity", "select inhrelid::regclass::text from pg_inherits where inhparent = 'audit.records'::regclass order by 1"))[0];
        foreach (var statement in (string[])
        [
            "update audit.records set type = 'nothing'", "delete from audit.records", "truncate audit.records", $"delete from {month}", $"truncate {month}", $"drop table {month}",
            "alter table audit.records disable trigger all", "drop schema audit cascade", "update audit.head set number = 0", "delete from audit.anchor",
            "insert into audit.records (number) values (1)", "delete from audit.personal", "drop schema public cascade", "create or replace function audit.forget(who uuid) returns void language sql as ''",
        ])
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => platform.ExecuteAsync("activity", statement));
            Assert.True(refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{statement}: {refusal.Message}");
        }

        var young = await Assert.ThrowsAsync<PostgresException>(() => platform.ExecuteAsync("activity", "select audit.drop_older(1)"));
        Assert.Equal("audit_kept_a_year", young.ConstraintName);
        // Its owner is refused too, as long as the guards are on.
        await using (var owner = new NpgsqlConnection(platform.Databases["Modules:activity:OwnerConnectionString"]))
        {
            await owner.OpenAsync();
            await using var update = new NpgsqlCommand("update audit.records set type = 'nothing'", owner);
            Assert.Equal("audit_append_only", (await Assert.ThrowsAsync<PostgresException>(() => update.ExecuteNonQueryAsync())).ConstraintName);
        }

        var records = (await platform.QueryAsync<long>("activity", "select number from audit.records order by number")).ToList();
        Assert.Equal(Enumerable.Range(1, records.Count).Select(number => (long)number), records);
        var end = records[^1];
        // From the end on, so that the first that is found is another one each time.
        foreach (var (tampering, words) in ((string, string)[])
        [
            ($"delete from audit.records where number = {end}", $"record {end} is missing"),
            ("update audit.personal set data = '\"10.0.0.1\"' where number = 1 and part = 'origin'", "record 1: "),
            (
                "update audit.records set number = 0 where number = 20; update audit.records set number = 20 where number = 21; update audit.records set number = 21 where number = 0",
                "record 20 of "),
            ("delete from audit.records where number = 10", "record 10 is missing"),
            ("update audit.records set after = '{\"role\": \"admin\"}' where number = 5", "record 5 of "),
        ])
        {
            await platform.TamperAsync(tampering);
            var found = await platform.VerifyAuditAsync();
            Assert.Equal(1, found.ExitCode);
            Assert.StartsWith($"portico: The audit trail is broken: {words}", found.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Old_months_go_the_rest_is_proved_and_no_year_is_ever_short()
    {
        var databases = await TestDatabases.SharedAsync();
        var settings = await databases.CreateAsync();
        await using (var application = new NpgsqlConnection(settings["Modules:activity:ConnectionString"]))
        {
            var data = Directory.CreateTempSubdirectory("portico-audit-");
            await application.OpenAsync();
            int[] ages = [40, 30, 13, 11, 0];
            foreach (var months in ages)
            {
                await application.ExecuteAsync(
                    """
                    select audit.append(jsonb_build_array(
                        jsonb_build_object('id', gen_random_uuid(), 'type', 'test.said', 'module', 'auth', 'subject', gen_random_uuid(),
                                           'occurred_at', now(), 'origin', '10.0.0.1', 'after', '{}'::jsonb),
                        jsonb_build_object('id', gen_random_uuid(), 'type', 'test.said', 'module', 'auth', 'subject', gen_random_uuid(),
                                           'occurred_at', now(), 'origin', '10.0.0.1', 'after', '{}'::jsonb)), now() - make_interval(months => @months))
                    """, new { months });
            }

            foreach (var (keep, first) in ((int, long)[])[(36, 3), (12, 7), (12, 7)])
            {
                await application.ExecuteAsync("select audit.drop_older(@keep)", new { keep });
                Assert.Equal(first, await application.QuerySingleAsync<long>("select min(number) from audit.records"));
                Assert.Equal(first, await application.QuerySingleAsync<long>("select min(number) from audit.personal"));
                var (code, output, errors) = await PorticoExecutable.RunAsync(settings, "audit", "verify", "--data", data.FullName);
                Assert.True(code == 0, errors);
                Assert.StartsWith($"{10 - first + 1} records from ", output, StringComparison.Ordinal);
            }

            data.Delete(recursive: true);
        }

        await databases.DropAsync(settings);
    }
}
