namespace Portico.Platform.Modules;

/// <summary>How a module asks another one, whichever process that one runs in.</summary>
public static class Neighbours
{
    /// <summary>
    /// Registers <typeparamref name="TRemote"/> as the HTTP implementation of a neighbour's contract, unless the owner is
    /// hosted here and has registered its own. Calls carry a service token and give up after two minutes at the latest.
    /// </summary>
    public static IServiceCollection AddNeighbour<TContract, TRemote>(this IServiceCollection services, Deployment deployment, string owner)
        where TContract : class
        where TRemote : class, TContract
    {
        if (!deployment.Hosts(owner))
        {
            services.AddHttpClient<TContract, TRemote>(client => client.BaseAddress = deployment.AddressOf(owner))
                .AddHttpMessageHandler<Security.ServiceTokenHandler>();
        }

        return services;
    }
}
