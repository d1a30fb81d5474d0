using Portico.Payments.Documents;

namespace Portico.Payments.Features.Documents;

/// <summary>Receipts, invoices, credit notes and statements.</summary>
internal static class DocumentRoutes
{
    public static void AddDocuments(this IServiceCollection services)
    {
        services.AddOptions<DocumentsOptions>().BindConfiguration(DocumentsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<Issuing>().AddScoped<Receipts>().AddScoped<Invoices>();
    }
}
