using Microsoft.Extensions.Options;
using Portico.Payments.Features.Reconciliation;
using Portico.Payments.Features.Sandbox;
using Portico.Payments.Features.Webhooks;
using Portico.Payments.Providers;
using Portico.Payments.Providers.Sandbox;
using Portico.Payments.Providers.Stripe;
using Portico.Platform.Schedules;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Payments;

/// <summary>Paying by card, giving back, and who takes the money.</summary>
internal static class PaymentRoutes
{
    public static void AddPayments(this IServiceCollection services)
    {
        services.AddOptions<StripeOptions>().BindConfiguration(StripeOptions.Section).ValidateDataAnnotations()
            .Validate<IOptions<PaymentsOptions>>(
                (stripe, payments) => payments.Value.Provider != StripeProvider.ProviderName || (stripe.SecretKey is { Length: > 0 } && stripe.WebhookSecret is { Length: > 0 }),
                $"{StripeOptions.Section} needs SecretKey and WebhookSecret where the provider is stripe.")
            .ValidateOnStart();
        services.AddOptions<SandboxOptions>().BindConfiguration(SandboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient<StripeClient>((provider, http) =>
        {
            var stripe = provider.GetRequiredService<IOptions<StripeOptions>>().Value;
            (http.BaseAddress, http.Timeout) = (new Uri(stripe.Address), stripe.Timeout);
        });
        services.AddHttpClient(SandboxWebhooks.ClientName, http => http.Timeout = TimeSpan.FromSeconds(15));
        services.AddScoped<IPaymentProvider, SandboxProvider>().AddScoped<IPaymentProvider, StripeProvider>().AddScoped<PaymentProviders>();
        services.AddScoped<AskAboutPayment>().AddScoped<AskForRefund>().AddScoped<StartPayment>().AddScoped<CompareRefunds>();
        services.AddSingleton<ProviderBell>().AddSingleton<SandboxBell>().AddSingleton<WebhookSecrets>().AddSingleton<ComparisonMeter>();
        services.AddScoped<ProviderEvents>();
        services.AddHostedService<ProviderWork>().AddHostedService<SandboxWebhooks>();
        services.AddDailyJob<PaymentsModule, CompareWithProvider>(CompareWithProvider.JobName, new(3, 10));
    }

    public static void MapPayments(this RouteGroupBuilder payments)
    {
        var mine = payments.MapGroup("/payments").RequireAuthorization(Policies.People);
        // The answer holds the secret of the payment; asked again, the same payment is answered without one either.
        mine.MapPost("", StartPayment.Handle).NeverStoreAnswers().WithName("StartPayment").WithSummary("Begin to pay by card what I owe, or what a booking waits for");
        mine.MapGet("", ListPayments.HandleMine).WithName("ListPayments").WithSummary("My payments, newest first");
        mine.MapGet("/{id:guid}", ShowPayment.HandleMine).WithName("ShowPayment").WithSummary("One payment, with what went back of it");
        mine.MapPost("/{id:guid}/cancel", CancelPayment.Handle).NeverStoreAnswers().WithName("CancelPayment").WithSummary("Call off a payment that is not made yet");

        var members = payments.MapGroup("/members/{member_id:guid}/payments").RequireAuthorization(Policies.Admin);
        members.MapGet("", ListPayments.HandleMembers).WithName("ListMembersPayments").WithSummary("A member's payments");
        members.MapGet("/{id:guid}", ShowPayment.HandleMembers).WithName("ShowMembersPayment").WithSummary("One of a member's payments");
        members.MapPost("/{id:guid}/refund", RefundPayment.Handle).WithName("RefundPayment").WithSummary("Give back a payment, or some of it");

        var admin = payments.MapGroup("/admin").RequireAuthorization(Policies.Admin);
        admin.MapGet("/refunds", ListRefunds.Handle).WithName("ListRefunds").WithSummary("What is on its way back, went back, or did not arrive");
        admin.MapPost("/refunds/{id:guid}/handed-out", HandOutRefund.Handle).WithName("HandOutRefund").WithSummary("Note that a refund was handed out over the desk");
        admin.MapGet("/differences", ShowDifferences.Handle).WithName("ShowDifferences").WithSummary("What the provider has otherwise than Portico");

        var sandbox = payments.MapGroup("/sandbox/{id:guid}").RequireAuthorization(Policies.People);
        sandbox.MapPost("/card", GiveSandboxCard.Handle).WithName("GiveSandboxCard").WithSummary("Give a test card for a payment, where the provider is the sandbox");
        sandbox.MapPost("/bank", AnswerSandboxBank.Handle).WithName("AnswerSandboxBank").WithSummary("Answer what the bank asks (3-D Secure)");
        admin.MapPost("/sandbox/{id:guid}/dispute", DecideSandboxDispute.Handle).WithName("DecideSandboxDispute").WithSummary("Decide about a disputed test payment");

        payments.MapPost("/webhook/stripe", ReceiveWebhook.Handle)
            .AllowAnyone().NeverStoreAnswers().WithName("ReceiveWebhook").WithSummary("Where Stripe tells what became of payments; signed");
    }
}
