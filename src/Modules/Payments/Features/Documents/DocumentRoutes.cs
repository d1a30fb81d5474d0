using Portico.Contracts.Payments;
using Portico.Payments.Documents;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Modules;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Documents;

/// <summary>Receipts, invoices, credit notes and statements.</summary>
internal static class DocumentRoutes
{
    public static void AddDocuments(this IServiceCollection services)
    {
        services.AddOptions<DocumentsOptions>().BindConfiguration(DocumentsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<Issuing>().AddScoped<Receipts>().AddScoped<Invoices>().AddScoped<IDocumentFiles, DocumentFiles>();
    }

    public static void MapDocuments(this RouteGroupBuilder payments)
    {
        var mine = payments.MapGroup("").RequireAuthorization(Policies.People);
        mine.MapGet("/documents", ListDocuments.HandleMine).WithName("ListDocuments").WithSummary("My receipts, invoices and credit notes, newest first");
        mine.MapGet("/documents/{id:guid}", ShowDocument.HandleMine).WithName("ShowDocument").WithSummary("One document");
        mine.MapGet("/documents/{id:guid}/pdf", ShowDocument.HandleMyPdf).WithName("ShowDocumentPdf").WithSummary("One document as PDF");
        mine.MapGet("/statements/{month}", ShowStatement.HandleMine).WithName("ShowStatement").WithSummary("A month of my account, by the book");
        mine.MapGet("/statements/{month}/pdf", ShowStatement.HandleMyPdf).WithName("ShowStatementPdf").WithSummary("A month of my account as PDF");

        var admin = payments.MapGroup("/admin").RequireAuthorization(Policies.Admin);
        admin.MapGet("/documents", ListDocuments.HandleAll).WithName("ListAllDocuments").WithSummary("All members' documents, newest first");
        admin.MapGet("/documents/{id:guid}/pdf", ShowDocument.HandleAnyPdf).WithName("ShowAnyDocumentPdf").WithSummary("A member's document as PDF");
        admin.MapPost("/transactions/{id:guid}/invoice", InvoiceTransaction.Handle).WithName("InvoiceTransaction").WithSummary("Write an invoice for a charge");
        admin.MapGet("/members/{member_id:guid}/statements/{month}", ShowStatement.HandleMembers)
            .WithName("ShowMembersStatement").WithSummary("A month of a member's account");
        admin.MapPost("/members/{member_id:guid}/adjustments", AdjustAccount.Handle).WithName("AdjustAccount").WithSummary("Correct what a member owes, and why");
    }

    /// <summary>For the other processes of this installation.</summary>
    public static void MapDocumentFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"{DocumentFilesClient.Path}/{{id:guid}}", ShowDocumentFile.Handle).RequireAuthorization(Policies.Service).ExcludeFromDescription();
}
