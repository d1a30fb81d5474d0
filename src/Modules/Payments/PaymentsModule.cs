using Portico.Payments.Data;
using Portico.Payments.Features.Bookings;
using Portico.Payments.Features.Documents;
using Portico.Payments.Features.Memberships;
using Portico.Payments.Features.Payments;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Data;
using Portico.Platform.Modules;
using Portico.Platform.Schedules;
using Portico.Platform.Web;

namespace Portico.Payments;

/// <summary>What members owe and what they paid, in one book.</summary>
public sealed class PaymentsModule : IModule
{
    public string Name => "payments";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddModuleDatabase<PaymentsModule>(Name);
        builder.AddModuleSchedules<PaymentsModule>();
        builder.Services.AddValidation();
        builder.Services.AddInvariants<PaymentsModule>(BookInvariants.All);
        builder.Services.AddTransactions();
        builder.Services.AddPayments();
        builder.Services.AddDocuments();
        builder.Services.AddBookedCharges();
        builder.Services.AddMemberships();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var payments = routes.MapModule<PaymentsModule>(Name);
        payments.MapTransactions();
        payments.MapPayments();
        payments.MapMemberships();
        payments.MapDocuments();
        routes.MapDocumentFiles();
        payments.MapJobs<PaymentsModule>();
    }
}
