using System.Text.Json;
using Portico.Contracts.Payments;
using Portico.Platform.Messaging;

namespace Portico.Tests.Modules.Payments;

/// <summary>What consumers of the stream <c>transactions</c> have read since before Portico.</summary>
public sealed class TransactionEventTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 28, 9, 30, 0, TimeSpan.Zero);
    private static readonly Guid Member = Guid.Parse("01a2233e-5fad-71e2-aa73-1f67de83321d");
    private static readonly Guid Transaction = Guid.Parse("01a2233e-73a0-75b2-872d-e524fcfb6a44");

    [Fact]
    public void A_transaction_that_was_made_says_what_it_always_said_and_its_currency() => Assert.Equal(
        $$"""{"event_type":"transaction.created","transaction_id":"{{Transaction}}","user_id":"{{Member}}","amount":12.50,"currency":"EUR","description":"Coffee","timestamp":"2026-11-28T09:30:00+00:00","booking_id":null,"location_id":null}""",
        Sorted(new TransactionCreated(Transaction, Member, 12.50m, "EUR", "Coffee", At), "event_type"));

    [Fact]
    public void Transactions_that_were_paid_say_how_many_and_which() => Assert.Equal(
        $$"""{"event_type":"transaction.paid","user_id":"{{Member}}","transactions_paid":1,"transaction_ids":["{{Transaction}}"],"amounts":[{"currency":"EUR","amount":12.50}],"timestamp":"2026-11-28T09:30:00+00:00"}""",
        Sorted(new TransactionPaid(Member, 1, [Transaction], [new("EUR", 12.50m)], At), "event_type"));

    // The order of members means nothing: the type is told first here, so that the rest is in the order of the record.
    private static string Sorted<TEvent>(TEvent fact, string first)
    {
        var members = JsonSerializer.SerializeToElement(fact, EventJson.Options).EnumerateObject().ToList();
        return $"{{{string.Join(',', members.OrderByDescending(member => member.Name == first).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}"))}}}";
    }
}
