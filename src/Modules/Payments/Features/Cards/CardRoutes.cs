using Portico.Payments.Features.Sandbox;
using Portico.Payments.Providers;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Cards;

/// <summary>Cards that members keep with the provider.</summary>
internal static class CardRoutes
{
    public static void AddCards(this IServiceCollection services) => services.AddScoped<AskAboutCard>().AddScoped<AskAboutCustomer>();

    public static void MapCards(this RouteGroupBuilder payments)
    {
        var mine = payments.MapGroup("/cards").RequireAuthorization(Policies.People);
        // The answer holds a secret; asked again, another saving begins.
        mine.MapPost("", StartCard.Handle).NeverStoreAnswers().WithName("StartCard").WithSummary("Begin to save a card");
        mine.MapGet("", ListCards.Handle).WithName("ListCards").WithSummary("My saved cards");
        mine.MapGet("/{id:guid}", ShowCard.Handle).WithName("ShowCard").WithSummary("One card, saved or being saved");
        mine.MapPost("/{id:guid}/default", ChooseCard.HandleDefault).WithName("ChooseCard").WithSummary("Have memberships collected with this card");
        mine.MapDelete("/{id:guid}/default", ChooseCard.HandleNone).WithName("ChooseNoCard").WithSummary("Have memberships collected with no card");
        mine.MapDelete("/{id:guid}", RemoveCard.Handle).WithName("RemoveCard").WithSummary("Remove a card");

        var sandbox = payments.MapGroup("/sandbox/cards/{id:guid}").RequireAuthorization(Policies.People);
        sandbox.MapPost("/card", SaveSandboxCard.Handle).WithName("SaveSandboxCard").WithSummary("Give a test card to be saved, where the provider is the sandbox");
        sandbox.MapPost("/bank", AnswerSandboxBankForCard.Handle).WithName("AnswerSandboxBankForCard").WithSummary("Answer what the bank asks about a card that is saved");
    }
}
