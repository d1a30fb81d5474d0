namespace Portico.Platform.Modules;

/// <summary>A part of Portico that can be served alone or beside the others. This is its only door.</summary>
public interface IModule
{
    /// <summary>The serve target, the route prefix and the end of the database's name: <c>members</c>.</summary>
    string Name { get; }

    /// <summary>Registers what the module needs. Called once, only where the module is hosted.</summary>
    void AddServices(IHostApplicationBuilder builder);

    /// <summary>The module's table of contents: one line per route.</summary>
    void MapEndpoints(IEndpointRouteBuilder routes);
}

/// <summary>A module that also stands in front of every request of its process: the gateway.</summary>
public interface IFrontDoor
{
    /// <summary>Runs before routing and authentication: who is calling, how large, under which path.</summary>
    void UseBeforeAuthentication(IApplicationBuilder app);

    /// <summary>Runs once the caller is known and before authorization: how often.</summary>
    void UseAfterAuthentication(IApplicationBuilder app);
}

/// <summary>Makes an empty installation worth looking at. Run by <c>portico demo</c> and <c>serve --demo</c>, in module order.</summary>
public interface IDemoData
{
    /// <summary>Adds the demonstration data. Running it twice changes nothing.</summary>
    Task SeedAsync(CancellationToken cancellationToken);
}
