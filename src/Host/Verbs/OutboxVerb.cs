using System.CommandLine;
using System.CommandLine.Parsing;
using Portico.Host.Setup;
using Portico.Platform.Messaging;

namespace Portico.Host.Verbs;

/// <summary><c>portico outbox parked|resend</c>: facts that were given up on after many refusals.</summary>
internal static class OutboxVerb
{
    private static readonly Argument<string> Module = new("module") { Description = $"{string.Join(" or ", ModuleCatalog.WithDatabase)}: whose facts" };
    private static readonly Argument<Guid?> Fact = new("id")
    {
        Description = "One fact, or all",
        CustomParser = result => result.Tokens is [{ Value: not "all" } token] ? ParseId(token.Value, result) : null,
    };

    public static Command Create()
    {
        Module.AcceptOnlyFromAmong([.. ModuleCatalog.WithDatabase]);
        var parked = new Command("parked", "Lists the facts that wait for somebody to look at them.") { Module, HostOptions.Data };
        parked.SetAction((result, cancellationToken) => WithFactsAsync(result, ListAsync, cancellationToken));
        var resend = new Command("resend", "Has them delivered again, once what refused them is mended.") { Module, Fact, HostOptions.Data };
        resend.SetAction((result, cancellationToken) => WithFactsAsync(
            result, (facts, cancelled) => ResendAsync(facts, result.GetValue(Fact), cancelled), cancellationToken));
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

    private static async Task<int> ResendAsync(IParkedFacts facts, Guid? id, CancellationToken cancellationToken)
    {
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

    private static Guid? ParseId(string text, ArgumentResult result)
    {
        if (Guid.TryParse(text, out var id))
        {
            return id;
        }

        result.AddError($"\"{text}\" is neither an id nor `all`.");
        return null;
    }
}
