using Portico.Platform.Modules;

namespace Portico.Members;

/// <summary>TODO</summary>
public sealed class MembersModule(Deployment deployment) : IModule
{
    public string Name => "members";

    public void AddServices(IHostApplicationBuilder builder) => builder.Services.AddSingleton(deployment);

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}
