using Npgsql;
using Portico.Platform.Data;

namespace Portico.Host.Setup;

/// <summary>Brings the databases of the hosted modules to this version's schema, or says that they are not.</summary>
internal static class Schemas
{
    /// <summary>Applies what is missing and answers, by module, the names of what it applied.</summary>
    /// <exception cref="OperatorException">A database cannot be reached, or has other migrations than this version.</exception>
    public static async Task<IReadOnlyList<(string Module, IReadOnlyList<string> Applied)>> MigrateAsync(
        IServiceProvider services, CancellationToken cancellationToken)
    {
        List<(string, IReadOnlyList<string>)> applied = [];
        foreach (var module in services.GetServices<IMigratedModule>())
        {
            applied.Add((module.Module, await AskAsync(module, module.MigrateAsync, cancellationToken)));
        }

        return applied;
    }

    /// <exception cref="OperatorException">A migration is missing, or a database cannot be reached.</exception>
    public static async Task EnsureCurrentAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var module in services.GetServices<IMigratedModule>())
        {
            if (await AskAsync(module, module.PendingAsync, cancellationToken) is { Count: > 0 } pending)
            {
                throw new OperatorException(
                    $"The database of {module.Module} lacks {string.Join(", ", pending)}. Run `portico migrate {module.Module}` first, or serve with --migrate.");
            }
        }
    }

    private static async Task<IReadOnlyList<string>> AskAsync(
        IMigratedModule module, Func<CancellationToken, Task<IReadOnlyList<string>>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            throw new OperatorException($"The database of {module.Module} cannot be used: {e.Message}", e);
        }
    }
}
