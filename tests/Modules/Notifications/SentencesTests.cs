using System.Text.Json;
using Portico.Contracts.Bookings;
using Portico.Contracts.Payments;
using Portico.Notifications.Messages;
using Portico.Notifications.Texts;
using Portico.Platform.Messaging;

namespace Portico.Tests.Modules.Notifications;

public sealed class SentencesTests
{
    private static readonly BookedTime Night = new(
        Guid.Parse("01a2233e-5fad-71e2-aa73-1f67de83321d"), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), null, "Hall",
        new(2026, 3, 28, 22, 0, 0, TimeSpan.Zero), new(2026, 3, 29, 2, 0, 0, TimeSpan.Zero), "Europe/Rome", 12.5m, "EUR", 0);

    [Theory]
    [InlineData("en", "Your booking was cancelled: Hall", "Hall, Isola: Sat 28 Mar 2026, 23:00 – Sun 29 Mar 2026, 04:00 (DE83321D)\nReason: Rain\nYou get back 12.50 EUR.")]
    [InlineData("it", "La tua prenotazione è stata annullata: Hall", "Hall, Isola: sab 28 mar 2026, 23:00 – dom 29 mar 2026, 04:00 (DE83321D)\nMotivo: Rain\nTi vengono restituiti 12.50 EUR.")]
    public void Times_are_those_of_the_place_also_in_the_night_the_clock_is_put_forward(string language, string title, string body)
    {
        var fact = JsonSerializer.Serialize(new BookingCancelled(Night, 0, 12.5m, "staff", "Rain", Night.StartsAt), EventJson.Options);
        var written = Sentences.Of("booking_cancelled", fact, new(new(language), "Isola"));
        Assert.Equal((title, body), (written.Title, written.Body));
    }

    [Theory]
    [InlineData(true, "Your bank wants you to confirm it: please pay it yourself.")]
    [InlineData(false, "Please pay it yourself, or choose another card.")]
    public void Whose_card_was_declined_is_told_what_to_do(bool bankAsks, string words)
    {
        var failed = new CollectionFailed(
            Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Night.MemberId, 99.5m, "EUR", "Desk, November", 1, "card_declined", bankAsks, Night.StartsAt);
        var fact = new EventEnvelope(
            Guid.CreateVersion7(), CollectionFailed.Type, CollectionFailed.Topic, failed.Key, "payments", Night.StartsAt, null,
            JsonSerializer.Serialize(failed, EventJson.Options), null, null);
        var notice = Notices.Of(fact, TimeSpan.FromMinutes(5))!;
        var written = Sentences.Of(notice.Kind, fact.Payload, new(new("en"), null));
        Assert.Equal((failed.MemberId, "99.50 EUR could not be taken from your card", $"Desk, November\n{words}"), (notice.MemberId, written.Title, written.Body));
    }

    [Fact]
    public void A_cancelled_booking_ends_what_was_to_be_told_of_it()
    {
        var fact = new EventEnvelope(
            Guid.CreateVersion7(), BookingCancelled.Type, BookingCancelled.Topic, Night.MemberId, "bookings", Night.StartsAt, null,
            JsonSerializer.Serialize(new BookingCancelled(Night, 0, 0, "member", null, Night.StartsAt), EventJson.Options), null, null);
        var ended = Notices.EndedBy(fact);
        Assert.Equal(Night.BookingId, ended?.BookingId);
        Assert.Contains("booking_reminder", ended!.Value.Kinds);
        Assert.Equal("booking_cancelled", Notices.Of(fact, TimeSpan.FromMinutes(5))?.Kind);
    }
}
