using Portico.Contracts.Auth;
using Portico.Payments.Messages;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Transactions;

/// <summary>What members owe, and paying it.</summary>
internal static class TransactionRoutes
{
    public static void AddTransactions(this IServiceCollection services)
    {
        services.AddOptions<PaymentsOptions>().BindConfiguration(PaymentsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddGroupCommit<PaymentsModule, Charge, ChargeOutcome>(Charges.MakeAsync);
        services.AddEventHandler<PaymentsModule, UserRegistered, MeetPerson>();
        services.AddEventHandler<PaymentsModule, UserChanged, RenamePerson>();
        services.AddEventHandler<PaymentsModule, UserDeleted, ForgetPerson>();
    }

    public static void MapTransactions(this RouteGroupBuilder payments)
    {
        var mine = payments.MapGroup("").RequireAuthorization(Policies.People);
        mine.MapPost("/transactions", CreateTransaction.HandleMine).WithName("CreateTransaction").WithSummary("Owe something more");
        mine.MapGet("/transactions/list", ListTransactions.HandleMine).WithName("ListTransactions").WithSummary("What I owe and owed, newest first");
        mine.MapPost("/transactions/pay", PayTransactions.HandleMine).WithName("PayTransactions").WithSummary("Pay all of what I owe, or some");
        mine.MapGet("/transactions/{id:guid}", ShowTransaction.Handle).WithName("ShowTransaction").WithSummary("One transaction");
        mine.MapPost("/transactions/{id:guid}/cancel", CancelTransaction.HandleMine)
            .WithName("CancelTransaction").WithSummary("Call off what I made and have not paid");
        mine.MapGet("/balance", ShowBalance.HandleMine).WithName("ShowBalance").WithSummary("What I owe by currency, and may");

        var members = payments.MapGroup("/members/{member_id:guid}").RequireAuthorization(Policies.Admin);
        members.MapGet("/balance", ShowBalance.HandleMembers).WithName("ShowMembersBalance").WithSummary("What a member owes by currency, and may");
        members.MapGet("/transactions", ListTransactions.HandleMembers).WithName("ListMembersTransactions").WithSummary("What a member owes and owed");
        members.MapPost("/transactions", CreateTransaction.HandleMembers).WithName("ChargeMember").WithSummary("Charge a member");
        members.MapPost("/transactions/pay", PayTransactions.HandleMembers).WithName("TakePayment").WithSummary("Note what a member paid");
        members.MapPost("/transactions/{id:guid}/cancel", CancelTransaction.HandleMembers)
            .WithName("CancelMembersTransaction").WithSummary("Call off what a member has not paid");
    }
}
