using Portico.Contracts.Bookings;
using Portico.Payments.Data;
using Portico.Payments.Features.Bookings;
using Portico.Payments.Features.Cards;
using Portico.Payments.Features.DayPasses;
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
public sealed class PaymentsModule(Deployment deployment) : IModule
{
    public string Name => "payments";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddModuleDatabase<PaymentsModule>(Name);
        builder.AddModuleSchedules<PaymentsModule>();
        builder.Services.AddValidation();
        builder.Services.AddInvariants<PaymentsModule>(BookInvariants.All);
        builder.Services.AddNeighbour<ITeams, TeamsClient>(deployment, "bookings");
        builder.Services.AddTransactions();
        builder.Services.AddPayments();
        builder.Services.AddCards();
        builder.Services.AddDocuments();
        builder.Services.AddBookedCharges();
        builder.Services.AddMemberships();
        builder.Services.AddDayPasses();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var payments = routes.MapModule<PaymentsModule>(Name);
        payments.MapTransactions();
        payments.MapPayments();
        payments.MapCards();
        payments.MapMemberships();
        payments.MapDayPasses();
        payments.MapDocuments();
        routes.MapDocumentFiles();
        payments.MapJobs<PaymentsModule>();
    }
}
