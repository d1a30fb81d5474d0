using Portico.Contracts.Auth;
using Portico.Contracts.Bookings;
using Portico.Contracts.Payments;
using Portico.Notifications.Messages;
using Portico.Notifications.Webhooks;

namespace Portico.Notifications.Texts;

/// <summary>What members are told, in both languages.</summary>
internal static class Sentences
{
    private static readonly Dictionary<string, Func<string, Telling, Written>> ByKind = new()
    {
        [NotificationKinds.PasswordReset] = (fact, telling) => Reset(Notices.Read<PasswordResetRequested>(fact), telling),
        [NotificationKinds.BookingConfirmed] = (fact, telling) => Confirmed(Notices.Read<BookingConfirmed>(fact).Booking, telling),
        [NotificationKinds.BookingChanged] = (fact, telling) => Changed(Notices.Read<BookingChanged>(fact), telling),
        [NotificationKinds.BookingReminder] = (fact, telling) => Reminder(Notices.Read<BookingReminder>(fact).Booking, telling),
        [NotificationKinds.BookingCancelled] = (fact, telling) => Cancelled(Notices.Read<BookingCancelled>(fact), telling),
        [NotificationKinds.BookingExpired] = (fact, telling) => Expired(Notices.Read<BookingExpired>(fact).Booking, telling),
        [NotificationKinds.HoldExpiring] = (fact, telling) => Expiring(Notices.Read<BookingHeld>(fact), telling),
        [NotificationKinds.WaitingListOffer] = (fact, telling) => Offer(Notices.Read<BookingHeld>(fact), telling),
        [NotificationKinds.PaymentFailed] = (fact, telling) => Declined(Notices.Read<BookingPaymentFailed>(fact).Booking, telling),
        [NotificationKinds.PaymentReminder] = (fact, telling) => Reminded(Notices.Read<PaymentReminder>(fact), telling),
        [NotificationKinds.CollectionFailed] = (fact, telling) => NotCollected(Notices.Read<CollectionFailed>(fact), telling),
        [NotificationKinds.Document] = (fact, telling) => Document(Notices.Read<DocumentIssued>(fact), telling),
        [NotificationKinds.Refund] = (fact, telling) => Refunded(Notices.Read<PaymentRefunded>(fact), telling),
        [NotificationKinds.RefundFailed] = (fact, telling) => NotRefunded(Notices.Read<RefundFailed>(fact), telling),
        [NotificationKinds.WebhookDisabled] = (fact, telling) => Disabled(Notices.Read<WebhookDisabled>(fact), telling),
    };

    public static Written Of(string kind, string fact, Telling telling) => ByKind[kind](fact, telling);

    // Behind # it is sent to no server, and stands in no log.
    private static Written Reset(PasswordResetRequested asked, Telling telling) => new(
        telling.Say("A new password", "Una nuova password"),
        [
            telling.Say(
                $"Somebody, hopefully you, wants to choose a new password for {asked.Username}. The link below works once, until {BookingWords.TimeOf(asked.ExpiresAt, "UTC", telling.Tongue)} UTC.",
                $"Qualcuno, speriamo tu, vuole scegliere una nuova password per {asked.Username}. Il link qui sotto funziona una volta, fino a {BookingWords.TimeOf(asked.ExpiresAt, "UTC", telling.Tongue)} UTC."),
            telling.Say("If it was not you, there is nothing to do.", "Se non sei stato tu, non devi fare nulla."),
        ],
        $"/reset-password#token={telling.Secret}", telling.Say("Choose a new password", "Scegli una nuova password"));

    private static Written Confirmed(BookedTime booking, Telling telling) => Booking(
        booking, telling, "Your booking is confirmed", "La tua prenotazione è confermata");

    private static Written Changed(BookingChanged changed, Telling telling)
    {
        var before = BookingWords.What(changed.Before, telling);
        return Booking(changed.Booking, telling, "Your booking was changed", "La tua prenotazione è stata modificata", telling.Say($"Before: {before}", $"Prima: {before}"));
    }

    private static Written Reminder(BookedTime booking, Telling telling) => Booking(
        booking, telling, "Your booking begins soon", "La tua prenotazione sta per iniziare");

    private static Written Cancelled(BookingCancelled cancelled, Telling telling)
    {
        List<string> more = cancelled.Reason is { Length: > 0 } reason ? [telling.Say($"Reason: {reason}", $"Motivo: {reason}")] : [];
        if (cancelled.GiveBack > 0)
        {
            var amount = BookingWords.Money(cancelled.GiveBack, cancelled.Booking.Currency);
            more.Add(telling.Say($"You get back {amount}.", $"Ti vengono restituiti {amount}."));
        }

        return Booking(cancelled.Booking, telling, "Your booking was cancelled", "La tua prenotazione è stata annullata", [.. more]);
    }

    private static Written Expired(BookedTime booking, Telling telling) => Booking(
        booking, telling, "Your booking has lapsed", "La tua prenotazione è scaduta",
        telling.Say("It was not confirmed in time. Others may book the slot now.", "Non è stata confermata in tempo. Ora altri possono prenotare."));

    private static Written Expiring(BookingHeld held, Telling telling)
    {
        var until = BookingWords.TimeOf(held.HeldUntil, held.Booking.TimeZone, telling.Tongue);
        return Booking(
            held.Booking, telling, "Your hold is about to lapse", "La tua opzione sta per scadere",
            telling.Say($"Confirm it until {until}.", $"Confermala entro {until}."));
    }

    private static Written Offer(BookingHeld held, Telling telling)
    {
        var until = BookingWords.TimeOf(held.HeldUntil, held.Booking.TimeZone, telling.Tongue);
        return Booking(
            held.Booking, telling, "Your turn on the waiting list", "È il tuo turno nella lista d'attesa",
            telling.Say($"The slot is kept for you until {until}: confirm it if you want it.", $"Il posto è tenuto per te fino a {until}: confermalo se lo vuoi."));
    }

    private static Written Declined(BookedTime booking, Telling telling) => Booking(
        booking, telling, "Your payment failed", "Il tuo pagamento non è riuscito",
        telling.Say("The booking does not stand, and nothing was charged.", "La prenotazione non è valida e non è stato addebitato nulla."));

    private static Written Reminded(PaymentReminder reminder, Telling telling)
    {
        var amount = BookingWords.Money(reminder.Amount, reminder.Currency);
        var (due, suspended) = (BookingWords.DayOf(reminder.DueOn, telling.Tongue), BookingWords.DayOf(reminder.SuspendedOn, telling.Tongue));
        return new(
            telling.Say($"{amount} are still to be paid", $"{amount} sono ancora da pagare"),
            [
                telling.Say($"{reminder.Description}: due on {due}.", $"{reminder.Description}: da pagare entro {due}."),
                telling.Say($"If nothing is paid, the membership is suspended on {suspended}.", $"Senza pagamento, l'abbonamento viene sospeso il {suspended}."),
            ],
            "/payments", telling.Say("Pay", "Paga"));
    }

    private static Written NotCollected(CollectionFailed failed, Telling telling)
    {
        var amount = BookingWords.Money(failed.Amount, failed.Currency);
        return new(
            telling.Say($"{amount} could not be taken from your card", $"Non è stato possibile addebitare {amount} sulla tua carta"),
            [
                failed.Description,
                failed.PayByHand
                    ? telling.Say("Your bank wants you to confirm it: please pay it yourself.", "La tua banca chiede una conferma: paga tu stesso.")
                    : telling.Say("Please pay it yourself, or choose another card.", "Paga tu stesso o scegli un'altra carta."),
            ],
            "/payments", telling.Say("Pay", "Paga"));
    }

    private static Written Document(DocumentIssued issued, Telling telling)
    {
        var amount = BookingWords.Money(issued.Amount, issued.Currency);
        var title = issued.Kind switch
        {
            "invoice" => telling.Say($"Invoice {issued.Number}", $"Fattura {issued.Number}"),
            "credit_note" => telling.Say($"Credit note {issued.Number}", $"Nota di credito {issued.Number}"),
            _ => telling.Say($"Receipt {issued.Number}", $"Ricevuta {issued.Number}"),
        };
        return new(
            title, [telling.Say($"{title} over {amount}.", $"{title} di {amount}.")],
            $"/documents/{issued.DocumentId}", telling.Say("See your documents", "Vedi i tuoi documenti"));
    }

    private static Written Refunded(PaymentRefunded refund, Telling telling)
    {
        var amount = BookingWords.Money(refund.Amount, refund.Currency);
        return new(
            telling.Say($"{amount} went back to you", $"Ti sono stati rimborsati {amount}"),
            [telling.Say($"We gave back {amount}. Reason: {refund.Reason}", $"Abbiamo rimborsato {amount}. Motivo: {refund.Reason}")],
            $"/payments/{refund.PaymentId}", telling.Say("See the payment", "Vedi il pagamento"));
    }

    private static Written NotRefunded(RefundFailed refund, Telling telling)
    {
        var amount = BookingWords.Money(refund.Amount, refund.Currency);
        return new(
            telling.Say("A refund did not arrive", "Un rimborso non è arrivato"),
            [telling.Say($"{amount} could not be given back to you. We look for another way.", $"Non è stato possibile rimborsarti {amount}. Cerchiamo un altro modo.")],
            $"/payments/{refund.PaymentId}", telling.Say("See the payment", "Vedi il pagamento"));
    }

    private static Written Disabled(WebhookDisabled webhook, Telling telling)
    {
        var since = BookingWords.TimeOf(webhook.FailingSince, "UTC", telling.Tongue);
        return new(
            telling.Say($"The webhook to {webhook.Host} was disabled", $"Il webhook verso {webhook.Host} è stato disattivato"),
            [
                telling.Say($"It has taken nothing since {since} UTC.", $"Non accetta nulla dal {since} UTC."),
                telling.Say(
                    "Nothing is sent to it until it is enabled again. What it missed can then be sent again.",
                    "Non gli viene inviato nulla finché non viene riattivato. Ciò che ha perso può poi essere reinviato."),
            ],
            "/admin/webhooks", telling.Say("See the webhooks", "Vedi i webhook"));
    }

    private static Written Booking(BookedTime booking, Telling telling, string english, string italian, params string[] more) => new(
        $"{telling.Say(english, italian)}: {booking.SpaceName}", [BookingWords.What(booking, telling), .. more],
        $"/bookings/{booking.BookingId}", telling.Say("See the booking", "Vedi la prenotazione"));
}
