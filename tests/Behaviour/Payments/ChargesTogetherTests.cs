using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portico.Payments;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Data;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>Charges that come at once share a transaction, and each is answered, limited and told of as if it were alone.</summary>
public sealed class ChargesTogetherTests
{
    [Fact]
    public async Task Of_those_written_together_each_is_limited_and_told_of_for_itself()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (anna, others) = (await platform.MemberAsync(), await platform.MembersAsync(8));
        await anna.OwesAsync(950);
        var charges = others.Select(member => Charge(member, 5)).Concat([Charge(anna, 30), Charge(anna, 30), Charge(anna, 20)]).ToList();

        var outcomes = await Task.WhenAll(await TogetherAsync(platform, charges));

        Assert.Equal(charges.Select((_, nth) => nth != 9), outcomes.Select(outcome => outcome.Id is not null));
        Assert.Equal((980, 1000), (outcomes[9].Account.Balance, outcomes[9].Account.Most));
        Assert.Equal(1000, await anna.OwedAsync());
        var ids = outcomes.Select(outcome => outcome.Id).OfType<Guid>().ToArray();
        Assert.Single((await platform.QueryAsync<string>("payments", "select xmin::text from transactions where id = any(@ids)", new { ids })).Distinct());
        await platform.BookAgreesAsync();

        // Whose doing each was, and from where.
        await platform.AllToldAsync("payments");
        var told = await platform.QueryAsync<(Guid Subject, Guid Actor, string Origin)>(
            "activity",
            """
            select subject, actor, data #>> '{}' from audit.records join audit.personal using (number)
            where type = 'transaction.created' and part = 'origin' and (after ->> 'transaction_id')::uuid = any(@ids)
            """, new { ids });
        Assert.Equal(
            charges.Where((_, nth) => nth != 9).Select(charge => (charge.MemberId, charge.MemberId, charge.Asker.Cause.Origin)).Order(),
            told.Select(one => (one.Subject, one.Actor, (string?)one.Origin)).Order());
    }

    [Fact]
    public async Task One_that_the_database_refuses_spoils_nobody_elses()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var members = await platform.MembersAsync(6);
        var charges = members.Select((member, nth) => Charge(member, 5) with { Description = nth == 3 ? "No text has a \0" : "Coffee" }).ToList();

        var asked = await TogetherAsync(platform, charges);

        Assert.Equal("22021", (await Assert.ThrowsAsync<PostgresException>(() => asked[3])).SqlState);
        var outcomes = await Task.WhenAll(asked.Where((_, nth) => nth != 3));
        Assert.DoesNotContain(outcomes, outcome => outcome.Id is null);
        foreach (var (nth, member) in members.Index())
        {
            Assert.Equal(nth == 3 ? 0 : 1, (await member.ListedAsync()).Count);
        }

        await platform.BookAgreesAsync();
    }

    [Fact]
    public async Task Who_went_away_before_it_was_begun_owes_nothing_and_may_ask_again()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var members = await platform.MembersAsync(3);
        using var gone = new CancellationTokenSource();

        var asked = await TogetherAsync(platform, [.. members.Select(member => Charge(member, 5))], gone);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked[0]);
        await Task.WhenAll(asked.Skip(1));
        var owed = await Task.WhenAll(members.Select(async member => (await member.ListedAsync()).Count));
        Assert.Equal([0, 1, 1], owed);
        await platform.BookAgreesAsync();
    }

    private static Charge Charge(Person member, decimal amount) =>
        new(member.Id, amount, "EUR", "Coffee", null, 1000, member.Id, DateTimeOffset.UnixEpoch, new(new(member.Id, $"192.0.2.{member.Id.ToByteArray()[15]}"), null));

    /// <summary>All of them come while somebody else's is being written; who asked for the first goes away before that is done, if <paramref name="gone"/>.</summary>
    private static async Task<IReadOnlyList<Task<ChargeOutcome>>> TogetherAsync(
        RunningPlatform platform, IReadOnlyList<Charge> charges, CancellationTokenSource? gone = null)
    {
        var first = await platform.MemberAsync();
        await using var scope = platform.Hosting<PaymentsModule>().CreateAsyncScope();
        var group = scope.ServiceProvider.GetRequiredService<GroupCommit<PaymentsModule, Charge, ChargeOutcome>>();
        var database = scope.ServiceProvider.GetRequiredService<Database<PaymentsModule>>();
        await using var holder = new NpgsqlConnection(platform.Databases["Modules:payments:ConnectionString"]);
        await holder.OpenAsync();
        await using var holding = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("lock table ledger_accounts in access exclusive mode");
        var before = first.OweAsync(1);
        await Eventually.TrueAsync(
            async () => await holder.QuerySingleAsync<bool>("select exists (select from pg_locks where relation = 'ledger_accounts'::regclass and not granted)"), "nobody waits");
        var asked = charges.Select((charge, nth) => group.WriteAsync(charge, database, nth == 0 && gone is not null ? gone.Token : CancellationToken.None)).ToList();
        await (gone?.CancelAsync() ?? Task.CompletedTask);
        await holding.CommitAsync();
        (await before).Expect(HttpStatusCode.Created);
        return asked;
    }
}
