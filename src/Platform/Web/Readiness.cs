using System.Data.Common;
using Dapper;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Platform.Web;

/// <summary>Something without which a module of this process cannot do its work.</summary>
public interface IReadiness
{
    /// <summary>What it is called in <c>/healthz/ready</c>: the module's name.</summary>
    string Name { get; }

    /// <summary>Whether it works now. May not throw and takes two seconds at the most.</summary>
    Task<bool> IsReadyAsync(CancellationToken cancellationToken);
}

internal sealed class DatabaseReadiness<TModule>(ModuleDataSource<TModule> database) : IReadiness
{
    public string Name => database.Module;

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(timeout.Token);
            return await connection.ExecuteScalarAsync<int>(new("select 1", cancellationToken: timeout.Token)) == 1;
        }
        catch (Exception e) when (e is DbException or OperationCanceledException)
        {
            return false;
        }
    }
}

internal sealed class SessionsReadiness(RevokedSessions sessions) : IReadiness
{
    public string Name => "sessions";

    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => Task.FromResult(sessions.IsCurrent);
}
