using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Portico.Host.Setup;

/// <summary>
/// Cuts off the requests that have not ended some seconds after the stop. Kestrel by itself would give them all the time there
/// is to stop, and leave none to the schedules and relays that stop after it.
/// </summary>
internal sealed class DrainingServer(IServer server) : IServer
{
    /// <summary>How long requests may take to end once the process is told to stop.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    public IFeatureCollection Features => server.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => server.StartAsync(application, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var drain = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        drain.CancelAfter(Drain);
        await server.StopAsync(drain.Token);
    }

    public void Dispose() => server.Dispose();
}

internal static class DrainingServerServices
{
    public static void AddDrainingServer(this IServiceCollection services)
    {
        var kestrel = services.Last(service => service.ServiceType == typeof(IServer)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IServer>(provider =>
            new DrainingServer((IServer)ActivatorUtilities.CreateInstance(provider, kestrel))));
    }
}
