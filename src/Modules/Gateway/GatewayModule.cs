using Portico.Platform.Modules;

namespace Portico.Gateway;

/// <summary>Stands in front of every module: who is calling, how often, where to.</summary>
public sealed class GatewayModule(Deployment deployment) : IModule, IFrontDoor
{
    public string Name => "gateway";

    public void AddServices(IHostApplicationBuilder builder) => builder.Services.AddSingleton(deployment);

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }

    public void UseBeforeAuthentication(IApplicationBuilder app)
    {
    }

    public void UseAfterAuthentication(IApplicationBuilder app)
    {
    }
}
