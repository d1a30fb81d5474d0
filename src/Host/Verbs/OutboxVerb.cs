using System.CommandLine;
using Portico.Host.Setup;
using Portico.Platform.Messaging;

namespace Portico.Host.Verbs;

/// <summary><c>portico outbox parked|resend</c>: facts that were given up on after many refusals.</summary>
internal static class OutboxVerb
{
    private const string Everything = "all";

    private static readonly Argument<string> Module = new("module") { Description = $"{string.Join(" or ", ModuleCatalog.WithDatabase)}: whose facts" };
    private static readonly Argument<string> Fact = new("id") { Description = $"One fact, or {Everything}" };

    public static Command Create()
    {
        Module.AcceptOnlyFromAmong([.. ModuleCatalog.WithDatabase]);
        var parked = new Command("parked", "Lists the facts that wait for somebody to look at them.") { Module, HostOptions.Data };
        parked.SetAction((result, cancellationToken) => WithFactsAsync(result, ListAsync, cancellationToken));
        var resend = new Command("resend", "Has them delivered again, once what refused them is mended.") { Module, Fact, HostOptions.Data };
        resend.SetAction((result, cancellationToken) => WithFactsAsync(
            result, (facts, cancelled) => ResendAsync(facts, result.GetRequiredValue(Fact), cancelled), cancellationToken));
        return new Command("outbox", "Facts on their way between modules.") { parked, resend };
    }

    private static async Task<int> ListAsync(IParkedFacts facts, CancellationToken cancellationToken)
    {
        foreach (var fact in await facts.ListAsync(cancellationToken))
        {
            var age = TimeProvider.System.GetUtcNow() - fact.OccurredAt;
            Console.WriteLine($"{fact.Id}  {fact.Type}  {age:d\\d\\ hh\\:mm\\:ss}  {fact.Failure?.ReplaceLineEndings(" ")}");
        }

        return 0;
    }

    private static async Task<int> ResendAsync(IParkedFacts facts, string which, CancellationToken cancellationToken)
    {
        Guid? id = which == Everything ? null : Guid.TryParse(which, out var one) ? one : throw new OperatorException($"\"{which}\" is neither an id nor `{Everything}`.");
        var resent = await facts.ResendAsync(id, cancellationToken);
        if (id is not null && resent == 0)
        {
            throw new OperatorException($"{facts.Module} has no parked fact {id}: `portico outbox parked {facts.Module}` lists them.");
        }

        Console.WriteLine($"{resent} to be delivered again");
        return 0;
    }

    private static async Task<int> WithFactsAsync(
        ParseResult result, Func<IParkedFacts, CancellationToken, Task<int>> act, CancellationToken cancellationToken)
    {
        var setup = new ProcessSetup([result.GetRequiredValue(Module)], result.GetRequiredValue(HostOptions.Data));
        await using var process = await PorticoProcess.OpenQuietAsync(setup, cancellationToken);
        await Schemas.EnsureCurrentAsync(process.App.Services, cancellationToken);
        return await act(process.App.Services.GetRequiredService<IParkedFacts>(), cancellationToken);
    }
}
