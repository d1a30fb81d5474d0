namespace Portico.Tests.Behaviour.Faults;

/// <summary>A payment by card as its member was told of it.</summary>
internal sealed record ToldPayment(Guid Id, decimal Amount)
{
    /// <summary>Whether its member was told that the card was charged.</summary>
    public bool Taken { get; set; }
}

/// <summary>A booking that costs something, as its owner was told of it.</summary>
internal sealed record ToldPurchase(Guid Id, decimal Price)
{
    /// <summary>Whether its owner confirmed it in time, so that it was charged.</summary>
    public bool Charged { get; set; }

    public bool Cancelled { get; set; }

    public ToldPayment? Payment { get; set; }
}

/// <summary>What one member was told about their money in a round.</summary>
internal sealed record Purse(Person Owner)
{
    /// <summary>What they owe, or owed, on account.</summary>
    public List<(Guid Id, decimal Amount)> Charges { get; } = [];

    /// <summary>How many of these they were told to have paid, without a card.</summary>
    public int Settled { get; set; }

    /// <summary>Of what they owed on account.</summary>
    public List<ToldPayment> Payments { get; } = [];

    public List<ToldPurchase> Purchases { get; } = [];

    /// <summary>How many transactions they made. Others look at it while they live.</summary>
    public int Transactions { get; private set; }

    public IEnumerable<ToldPayment> Cards => [.. Payments, .. Purchases.Select(purchase => purchase.Payment).OfType<ToldPayment>()];

    public void Owe(Guid id, decimal amount)
    {
        Charges.Add((id, amount));
        Transactions++;
    }

    public void Confirm(ToldPurchase purchase)
    {
        purchase.Charged = true;
        Transactions++;
    }
}
