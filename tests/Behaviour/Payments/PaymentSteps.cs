using Npgsql;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>What people do about money, and what has to be true of the book afterwards.</summary>
internal static class PaymentSteps
{
    public const string Transactions = "/api/payments/transactions";

    public static Task<Answer> OweAsync(this Person member, decimal amount, string currency = "EUR", string description = "Coffee") =>
        member.PostAsync(Transactions, new { amount, currency, description });

    public static async Task<Guid> OwesAsync(this Person member, decimal amount, string currency = "EUR") =>
        (await member.OweAsync(amount, currency)).Expect(HttpStatusCode.Created).Id;

    public static Task<Answer> PayAsync(this Person member, params Guid[] which) =>
        member.PostAsync($"{Transactions}/pay", which.Length == 0 ? null : new { transaction_ids = which });

    public static Task<Answer> CallOffAsync(this Person member, Guid transaction) => member.PostAsync($"{Transactions}/{transaction}/cancel");

    public static async Task<decimal> OwedAsync(this Person member, string currency = "EUR") =>
        (await member.GetAsync("/api/payments/balance")).Expect(HttpStatusCode.OK).Json.EnumerateArray()
            .Single(one => one.GetProperty("currency").GetString() == currency).GetProperty("owed").GetDecimal();

    public static async Task<IReadOnlyList<Guid>> ListedAsync(this Person member, string query = "") =>
        [.. (await member.GetAsync($"{Transactions}/list?{query}")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Select(one => one.GetProperty("id").GetGuid())];

    /// <summary>Every posting adds up to nothing, every balance is the sum of its entries, and what is owed is what transactions say.</summary>
    public static async Task BookAgreesAsync(this RunningPlatform platform)
    {
        Assert.Empty(await platform.QueryAsync<Guid>(
            "payments",
            "select posting_id from entries join ledger_accounts as account on account.id = account_id group by posting_id, currency having sum(amount) <> 0"));
        Assert.Empty(await platform.QueryAsync<long>(
            "payments",
            """
            select id from ledger_accounts as account
            where balance <> (select coalesce(sum(amount), 0) from entries where account_id = account.id)
               or balance <> (select coalesce(sum(amount), 0) from transactions as owed
                              where owed.member_id = account.member_id and owed.currency = account.currency and status = 'owed')
            """));
        Assert.Empty(await platform.QueryAsync<Guid>("payments", "select id from postings where not exists (select from entries where posting_id = postings.id)"));
    }

    /// <summary>What the database itself says to somebody who writes past the application.</summary>
    public static async Task<string?> RefusalAsync(this RunningPlatform platform, string sql) =>
        (await Assert.ThrowsAsync<PostgresException>(() => platform.ExecuteAsync("payments", sql))).ConstraintName;
}
