using Portico.Platform.Modules;

namespace Portico.Gateway;

/// <summary>TODO</summary>
public sealed class GatewayModule(Deployment deployment) : IModule
{
    public string Name => "gateway";

    public void AddServices(IHostApplicationBuilder builder) => builder.Services.AddSingleton(deployment);

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}
