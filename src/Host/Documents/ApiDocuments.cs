using System.Collections.Concurrent;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Portico.Platform.Modules;
using Portico.Platform.Web;

namespace Portico.Host.Documents;

/// <summary>The OpenAPI documents of the hosted modules, each written once.</summary>
internal sealed class ApiDocuments(IServiceProvider services, Deployment deployment)
{
    private readonly ConcurrentDictionary<string, byte[]> written = new();

    public IEnumerable<string> Modules => ModuleCatalog.WithApi.Where(deployment.Hosts);

    /// <summary>The document, or null when the module is not hosted here.</summary>
    public async Task<byte[]?> FindAsync(string module, CancellationToken cancellationToken)
    {
        if (!Modules.Contains(module))
        {
            return null;
        }

        return written.TryGetValue(module, out var document)
            ? document
            : written.GetOrAdd(module, await WriteAsync(module, cancellationToken));
    }

    private async Task<byte[]> WriteAsync(string module, CancellationToken cancellationToken)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(module).GetOpenApiDocumentAsync(cancellationToken);
        using var stream = new MemoryStream();
        await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}

/// <summary>Where the documents and the page that shows them are. Both answer anybody: they hold what the repository holds.</summary>
internal static class ApiDocumentRoutes
{
    public static void AddApiDocuments(this IServiceCollection services, Deployment deployment)
    {
        services.AddSingleton<ApiDocuments>();
        foreach (var module in ModuleCatalog.WithApi.Where(deployment.Hosts))
        {
            // Called here, in the assembly that references every module: the docstrings of their records come with it.
            services.AddOpenApi(module, options => options.Describe(module));
        }
    }

    public static void MapApiDocuments(this WebApplication app, Deployment deployment)
    {
        app.MapGet("/openapi/{document}.json", ShowAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/swagger/{**path}", Page(app, deployment)).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(string document, ApiDocuments documents, CancellationToken cancellationToken) =>
        await documents.FindAsync(document, cancellationToken) is { } json
            ? TypedResults.Bytes(json, "application/json")
            : Problems.NotFound("document-unknown", "There is no such document here.");

    // A gateway shows the documents of all modules: it fetches those of modules elsewhere from there.
    private static RequestDelegate Page(WebApplication app, Deployment deployment)
    {
        var page = ((IApplicationBuilder)app).New();
        page.UseSwaggerUI(ui =>
        {
            ui.DocumentTitle = "Portico API";
            foreach (var module in ModuleCatalog.WithApi.Where(module => deployment.Hosts("gateway") || deployment.Hosts(module)))
            {
                ui.SwaggerEndpoint($"/openapi/{module}.json", module);
            }
        });
        // Whatever is no file of the page: without this the pipeline's end would call the unanswered route a mistake of ours.
        page.Run(context => Problems.NotFound("not-found", "There is no such page.").ExecuteAsync(context));
        return page.Build();
    }
}
