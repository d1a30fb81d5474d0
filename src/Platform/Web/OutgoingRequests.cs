namespace Portico.Platform.Web;

internal static class OutgoingRequests
{
    // As long as a name may still be taken to lead where it did.
    private static readonly TimeSpan ConnectionsKept = TimeSpan.FromMinutes(2);

    /// <summary>Has every client of this process renew its connections every two minutes, and nothing else.</summary>
    /// <remarks>
    /// What lives as long as the process keeps its client, and so the factory's own way of renewing, another handler every two
    /// minutes, never reaches it; the factory's timers would look for the end of such a handler for ever, and keep an application
    /// that was stopped in memory.
    /// </remarks>
    public static void AddOutgoingRequests(this IServiceCollection services) => services.ConfigureHttpClientDefaults(client => client
        .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = ConnectionsKept)
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan));
}
