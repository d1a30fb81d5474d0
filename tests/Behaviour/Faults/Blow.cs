using Portico.Host;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>Something that is taken away under load, and given back.</summary>
/// <param name="Processes">The modules whose processes are killed, at the same time.</param>
internal sealed record Blow(BlowKind Kind, params string[] Processes)
{
    /// <summary>Every kind, and every module's process, in any order.</summary>
    public static IReadOnlyList<Blow> All(Random random)
    {
        string[] modules = [.. ModuleCatalog.Targets.Select(module => module.Name)];
        string One() => modules[random.Next(modules.Length)];
        Blow[] all =
        [
            .. modules.Select(module => new Blow(BlowKind.KillProcesses, module)),
            .. Enumerable.Range(0, 3).Select(_ => new Blow(BlowKind.KillProcesses, random.GetItems(modules, 4).Distinct().Take(2).ToArray())),
            new(BlowKind.KillQueue), new(BlowKind.KillQueue), new(BlowKind.KillQueue, One()),
            new(BlowKind.TakeKafkaAway), new(BlowKind.TakeKafkaAway, One()),
            new(BlowKind.KillDatabaseServer), new(BlowKind.KillDatabaseServer, One()),
            new(BlowKind.RestartDatabaseServer), new(BlowKind.RestartDatabaseServer, One()),
        ];
        random.Shuffle(all);
        return all;
    }

    public override string ToString() => $"{Kind} {string.Join(", ", Processes)}".TrimEnd();
}

internal enum BlowKind
{
    KillProcesses,
    KillQueue,
    TakeKafkaAway,
    KillDatabaseServer,
    RestartDatabaseServer,
}
