using System.Net.Mail;
using Microsoft.Extensions.Options;
using Portico.Contracts.Auth;
using Portico.Contracts.Payments;
using Portico.Notifications.Data;
using Portico.Notifications.Deliveries;
using Portico.Notifications.Messages;
using Portico.Notifications.Texts;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Notifications.Mails;

/// <summary>Writes a mail from its fact, in its reader's language, and hands it over.</summary>
internal sealed class EmailChannel(
    Postman postman, SealedText seals, IServiceScopeFactory scopes, IOptions<NotificationsOptions> options) : IDeliveryChannel
{
    public string Name => "email";

    public async Task<DeliveryOutcome> DeliverAsync(DeliveryRow delivery, Change change, CancellationToken cancellationToken)
    {
        var person = await change.FindAsync<PersonRow>($"select {PersonRow.Columns} from people where id = @MemberId", delivery, cancellationToken);
        var reset = delivery.Kind == NotificationKinds.PasswordReset ? Notices.Read<PasswordResetRequested>(delivery.Payload!) : null;
        // That a link goes to the address that was the account's when it was asked for is what makes it safe.
        switch (person, reset)
        {
            case (null, null):
                return DeliveryOutcome.TryAgain("person_unknown");
            case ({ IsDeleted: true }, _):
                return DeliveryOutcome.Dropped("account_deleted");
            case ({ Email: null }, null):
                return DeliveryOutcome.Dropped("no_address");
        }

        var token = reset is null ? null : seals.Open(KeyRings.Mail, reset.SealedToken);
        if (reset is not null && token is null)
        {
            return DeliveryOutcome.Dropped("seal_forgotten");
        }

        var place = await change.FindAsync<string>("select name from places where id = @LocationId", delivery, cancellationToken);
        var tongue = new Tongue(person?.Language ?? options.Value.Language);
        var written = Sentences.Of(delivery.Kind, delivery.Payload!, new(tongue, place, token));
        try
        {
            using var mail = MailText.Compose(
                delivery.Id, options.Value, reset?.Email ?? person!.Email!, person?.Name ?? person?.Username ?? reset!.Username, tongue, written);
            foreach (var attachment in await AttachedAsync(delivery, place, cancellationToken))
            {
                mail.Attachments.Add(attachment);
            }

            return await postman.SendAsync(delivery.Id, mail);
        }
        catch (FormatException e)
        {
            return DeliveryOutcome.GivenUp($"No mail can be written to this address: {e.Message}");
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return DeliveryOutcome.TryAgain($"The document cannot be had: {e.Message}");
        }
    }

    private async Task<IReadOnlyList<Attachment>> AttachedAsync(DeliveryRow delivery, string? place, CancellationToken cancellationToken)
    {
        if (NotificationKinds.HasCalendar(delivery.Kind))
        {
            return [MailCalendar.Attach(delivery, place)];
        }

        if (delivery.Kind != NotificationKinds.Document)
        {
            return [];
        }

        // Without a file the mail says where to find it.
        await using var scope = scopes.CreateAsyncScope();
        return scope.ServiceProvider.GetService<IDocumentFiles>() is { } files
            && await files.FindAsync(Notices.Read<DocumentIssued>(delivery.Payload!).DocumentId, cancellationToken) is { } file
                ? [new(new MemoryStream(file.Pdf), file.FileName, "application/pdf")]
                : [];
    }
}
