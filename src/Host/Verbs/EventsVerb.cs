using System.CommandLine;
using Microsoft.Extensions.Logging.Console;
using Portico.Host.Documents;
using Portico.Host.Setup;
using Portico.Platform.Messaging;
using Portico.Platform.Messaging.Kafka;

namespace Portico.Host.Verbs;

/// <summary><c>portico events replay|dead|resend|document</c>: what goes over Kafka.</summary>
internal static class EventsVerb
{
    private static readonly Argument<string> Module = new("module") { Description = $"{string.Join(" or ", ModuleCatalog.WithDatabase)}: who hears again" };
    private static readonly Argument<string> Topic = new("topic") { Description = string.Join(" or ", EventTypes.Topics) };
    private static readonly Argument<string> File = new("file") { Description = "Where the document is" };
    private static readonly Option<bool> Check = new("--check") { Description = "Write nothing; fail when the document is not what it would be" };

    public static Command Create()
    {
        Module.AcceptOnlyFromAmong([.. ModuleCatalog.WithDatabase]);
        Topic.AcceptOnlyFromAmong([.. EventTypes.Topics]);
        var replay = new Command("replay", "Has a module hear again all that its topics hold, once its processes are stopped.") { Module, HostOptions.Data };
        replay.SetAction((result, cancellationToken) => WithAsync<EventReplay>(result, replay => Task.FromResult(Replay(replay, result.GetRequiredValue(Module))), result.GetRequiredValue(Module)));
        var dead = new Command("dead", "Lists the messages of a topic that somebody could not take.") { Topic, HostOptions.Data };
        dead.SetAction((result, cancellationToken) => WithAsync<DeadLetterBox>(result, letters => Task.FromResult(List(letters, result.GetRequiredValue(Topic)))));
        var resend = new Command("resend", "Tells them again, once what refused them is mended.") { Topic, HostOptions.Data };
        resend.SetAction((result, cancellationToken) => WithAsync<DeadLetterBox>(result, letters => ResendAsync(letters, result.GetRequiredValue(Topic), cancellationToken)));
        var document = new Command("document", "Writes what facts there are.") { File, Check };
        document.SetAction((result, cancellationToken) => DocumentAsync(result.GetRequiredValue(File), result.GetValue(Check), cancellationToken));
        return new Command("events", "Facts on Kafka, and what facts there are.") { replay, dead, resend, document };
    }

    private static int Replay(EventReplay replay, string module)
    {
        try
        {
            Console.WriteLine($"{replay.SetBack(module)} messages to be heard again");
            return 0;
        }
        catch (InvalidOperationException e)
        {
            throw new OperatorException(e.Message);
        }
    }

    private static int List(DeadLetterBox letters, string topic)
    {
        foreach (var letter in letters.List(topic))
        {
            Console.WriteLine($"{letter.Partition}:{letter.Offset}  {letter.Id ?? "-"}  {letter.Type ?? "-"}  {letter.Module}  {letter.Reason?.ReplaceLineEndings(" ")}");
        }

        return 0;
    }

    private static async Task<int> ResendAsync(DeadLetterBox letters, string topic, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{await letters.ResendAsync(topic, cancellationToken)} told again");
        return 0;
    }

    private static async Task<int> DocumentAsync(string file, bool check, CancellationToken cancellationToken)
    {
        var document = EventDocument.Write();
        if (!check)
        {
            await System.IO.File.WriteAllTextAsync(file, document, cancellationToken);
            return 0;
        }

        return System.IO.File.Exists(file) && await System.IO.File.ReadAllTextAsync(file, cancellationToken) == document
            ? 0
            : throw new OperatorException($"{file} is not what the program says: `make openapi` writes it anew.");
    }

    // Kafka is all that is asked: no database is opened, and nothing is started.
    private static async Task<int> WithAsync<TService>(ParseResult result, Func<TService, Task<int>> act, params string[] modules)
        where TService : class
    {
        var setup = new ProcessSetup(modules, result.GetRequiredValue(HostOptions.Data));
        await ConfigurationCheck.RunAsync(setup);
        await using var app = setup.Build(ModuleCatalog.NoDatabases, builder =>
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        return await act(app.Services.GetService<TService>() ?? throw new OperatorException($"No Kafka is configured: see {KafkaOptions.Section}."));
    }
}
