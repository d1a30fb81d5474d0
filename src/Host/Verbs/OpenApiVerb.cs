using System.CommandLine;
using Portico.Host.Documents;

namespace Portico.Host.Verbs;

/// <summary><c>portico openapi &lt;folder&gt;</c>: writes the documents of all modules, or compares them with those written before.</summary>
internal static class OpenApiVerb
{
    private static readonly Argument<string> Folder = new("folder") { Description = "Where <module>.json are" };
    private static readonly Option<bool> Check = new("--check") { Description = "Write nothing; fail when a document is not what it would be" };

    public static Command Create()
    {
        var verb = new Command("openapi", "Writes the OpenAPI document of every module.") { Folder, Check };
        verb.SetAction((result, cancellationToken) => RunAsync(new(result.GetRequiredValue(Folder)), result.GetValue(Check), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(DocumentFolder folder, bool check, CancellationToken cancellationToken)
    {
        await using var app = Build();
        var documents = app.Services.GetRequiredService<ApiDocuments>();
        List<string> differences = [];
        foreach (var module in documents.Modules)
        {
            var document = (await documents.FindAsync(module, cancellationToken))!;
            if (check)
            {
                differences.AddRange(await folder.CompareAsync(module, document, cancellationToken));
            }
            else
            {
                await folder.WriteAsync(module, document, cancellationToken);
            }
        }

        differences.AddRange(folder.Strangers(documents.Modules).Select(path => $"{path} is of no module."));
        return differences.Count == 0 ? 0 : throw new OperatorException(string.Join('\n', [.. differences, "`make openapi` writes them anew."]));
    }

    // Built and never started: no database, no port, and no configuration of this machine.
    private static WebApplication Build()
    {
        var builder = PorticoApp.Configure("/", ModuleCatalog.NoDatabases);
        ((IConfigurationBuilder)builder.Configuration).Sources.Clear();
        builder.Configuration.AddInMemoryCollection(ModuleCatalog.NoDatabases);
        var app = PorticoApp.Build(PorticoApp.Deployment(ModuleCatalog.Parse(ModuleCatalog.Everything)!, builder.Configuration, "/"), builder);
        // What starting would do: until then the routes are not known to those who describe them.
        ((IApplicationBuilder)app).UseEndpoints(_ => { });
        return app;
    }
}
