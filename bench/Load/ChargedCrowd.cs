using Portico.Bench.Servers;

namespace Portico.Bench.Load;

/// <summary>Members who buy something on account, one after the other, as fast as they are answered.</summary>
internal sealed class ChargedCrowd(Workbench workbench, PorticoServer server, int clients)
{
    // So many that two charges of one member are seldom made at once.
    private const int Members = 5_000;
    // Nobody comes near what may be owed.
    private const string ACent = """{"amount":0.01,"description":"Coffee"}""";
    private readonly string tokens = Path.Combine(workbench.RunFolder, "charged-tokens");

    public Task AddAsync(CancellationToken cancellationToken) => File.WriteAllLinesAsync(
        tokens, Enumerable.Range(0, Members).Select(_ => workbench.Identities.Member(Identities.NewId())), cancellationToken);

    /// <summary>Transactions that the database has afterwards, a second.</summary>
    public async Task<double> ChargedPerSecondAsync(CancellationToken cancellationToken)
    {
        var before = await workbench.Database.CountAsync("portico_payments", "transactions", cancellationToken);
        var round = await Wrk.RunAsync(
            [
                "-c", $"{clients}", "-s", Path.Combine(AppContext.BaseDirectory, "posts.lua"), new Uri(server.Address, "/api/payments/transactions").AbsoluteUri, "--",
                tokens, ACent,
            ], cancellationToken);
        var after = await workbench.Database.CountAsync("portico_payments", "transactions", cancellationToken);
        return (after - before) / round.Took.TotalSeconds;
    }
}
