namespace Portico.Tests.Behaviour.Payments;

/// <summary>The book defends itself, whoever writes into it and however.</summary>
public sealed class LedgerTests
{
    [Fact]
    public async Task What_does_not_add_up_is_refused_and_nothing_is_taken_out()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var anna = await platform.MemberAsync();
        var (transaction, another) = (await anna.OwesAsync(100), await anna.OwesAsync(1));
        var posting = Guid.CreateVersion7();
        var post = $"insert into postings (id, kind, made_by, at) values ('{posting}', 'charge', '{anna.Id}', now());";
        string Entries(Guid of, params (string Kind, decimal Amount)[] entries) => "insert into entries " + string.Join(" union all ", entries.Select(entry =>
            $"select '{posting}'::uuid, id, '{of}'::uuid, {entry.Amount} from ledger_accounts where kind = '{entry.Kind}'")) + ";";

        Assert.Equal("entries_balance", await platform.RefusalAsync(post + Entries(transaction, ("receivable", 50))));
        Assert.Equal("entries_balance", await platform.RefusalAsync(post + Entries(transaction, ("receivable", 50), ("revenue", -40))));
        Assert.Equal("entries_balance", await platform.RefusalAsync(post + Entries(transaction, ("receivable", 50), ("revenue", -50)) + Entries(another, ("revenue", -10))));
        Assert.Equal("transactions_booked", await platform.RefusalAsync($"update transactions set status = 'paid', settled_at = now() where id = '{transaction}'"));
        Assert.Equal("ledger_accounts_most", await platform.RefusalAsync(post + Entries(transaction, ("receivable", 901), ("revenue", -901))));
        Assert.Equal("ledger_accounts_by_entries", await platform.RefusalAsync("update ledger_accounts set balance = 0 where kind = 'receivable'"));
        Assert.Equal("transactions_settle_once", await platform.RefusalAsync($"update transactions set amount = 1 where id = '{transaction}'"));
        foreach (var statement in (string[])["delete from entries", "update entries set amount = amount * 2", "truncate entries", "delete from postings", "update postings set at = now()", "delete from transactions"])
        {
            Assert.Equal("ledger_append_only", await platform.RefusalAsync(statement));
        }

        Assert.Equal(101, await anna.OwedAsync());
        await platform.BookAgreesAsync();
    }

    [Fact]
    public async Task A_lower_limit_leaves_what_is_owed_and_lets_nothing_be_added()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var anna = await platform.MemberAsync();
        await anna.OwesAsync(800);
        await platform.ExecuteAsync("payments", "update ledger_accounts set most = 500 where kind = 'receivable'");
        Assert.Equal("ledger_accounts_most", await platform.RefusalAsync(
            """
            with posting as (insert into postings (id, kind, made_by, at) select id, 'charge', member_id, now() from transactions returning id)
            insert into entries select posting.id, account.id, posting.id, case kind when 'receivable' then 1 else -1 end
            from posting, ledger_accounts as account
            """));
        Assert.Equal(1, (await anna.PayAsync()).Expect(HttpStatusCode.OK)["transactions_paid"].GetInt32());
        await platform.BookAgreesAsync();
    }
}
