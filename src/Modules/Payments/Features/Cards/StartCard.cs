using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Payments.Features.Payments;
using Portico.Payments.Providers;
using Portico.Payments.Providers.Stripe;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Cards;

/// <summary>A card to be saved.</summary>
/// <param name="ForMemberships">Whether it becomes the default: memberships are collected with it from then on.</param>
public sealed record StartCardRequest(bool ForMemberships = false);

/// <summary>A card that waits to be given.</summary>
/// <param name="ClientSecret">With it the member's browser gives the card to the provider. Nobody else may see it.</param>
/// <param name="PublishableKey">What the browser shows Stripe; null for the sandbox.</param>
public sealed record StartedCardResponse(CardResponse Card, string ClientSecret, string? PublishableKey);

/// <summary>Begins to save a card with the provider. Its number never comes here.</summary>
internal static class StartCard
{
    private const int Most = 10;
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(2);

    public static async Task<Results<Created<StartedCardResponse>, ProblemHttpResult, RetryableProblem>> Handle(
        StartCardRequest? request, Database<PaymentsModule> database, AskAboutCard ask, PaymentProviders providers, IOptions<StripeOptions> stripe, CurrentUser user,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        var card = new CardRow(Guid.CreateVersion7(now), user.Id, providers.Current.Name, null, null, "creating", request?.ForMemberships ?? false, 0, now);
        // Durable before anybody is asked, as payments are.
        await using (var change = await database.BeginAsync(cancellationToken))
        {
            await change.LockCustomerAsync(card.MemberId, card.Provider, now, cancellationToken);
            if (await change.FindAsync<int>(
                "select count(*)::int from cards where member_id = @MemberId and provider = @Provider and status in ('creating', 'open', 'saved')", card, cancellationToken) >= Most)
            {
                return CardProblems.TooMany();
            }

            await change.ExecuteAsync(
                """
                insert into cards (id, member_id, provider, status, for_memberships, ask_at, created_at)
                values (@Id, @MemberId, @Provider, @Status, @ForMemberships, @askAt, @CreatedAt)
                """, new { card.Id, card.MemberId, card.Provider, card.Status, card.ForMemberships, card.CreatedAt, askAt = now + AskAgainAfter }, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }

        var secret = await ask.AskAsync(card, cancellationToken);
        var begun = (await database.FindAsync<CardResponse>($"select {CardResponse.Columns} from cards where id = @Id", new { card.Id }, cancellationToken))!;
        return secret is not null
            ? TypedResults.Created(
                $"/api/payments/cards/{card.Id}",
                new StartedCardResponse(begun, secret, card.Provider == StripeProvider.ProviderName ? stripe.Value.PublishableKey : null))
            : begun.Status == "abandoned" ? CardProblems.Refused(begun.Failure) : PaymentProblems.Away();
    }
}
