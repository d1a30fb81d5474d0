using System.Net.Mail;
using System.Text.Json;
using Portico.Contracts.Bookings;
using Portico.Notifications.Data;
using Portico.Notifications.Texts;
using Portico.Platform.Calendars;
using Portico.Platform.Messaging;

namespace Portico.Notifications.Mails;

/// <summary>A booking for the calendar of whoever gets the mail. It is the same event as in the calendars of Bookings.</summary>
internal static class MailCalendar
{
    public static Attachment Attach(DeliveryRow delivery, string? place)
    {
        var fact = JsonSerializer.Deserialize<FactAboutBooking>(delivery.Payload!, EventJson.Options)!;
        var booking = fact.Booking;
        var reference = BookingWords.Reference(booking.BookingId);
        // Later facts have higher numbers, so that a program takes the newest of several mails; the calendars have the exact one.
        var sequence = (int)Math.Clamp((fact.At - DateTimeOffset.UnixEpoch).TotalMinutes, 0, int.MaxValue);
        var file = IcsCalendar.Write("Portico", booking.TimeZone,
        [
            new(booking.BookingId, sequence, booking.StartsAt, booking.EndsAt, fact.At, IcsStatus.Confirmed, booking.SpaceName,
                place is null ? booking.SpaceName : $"{booking.SpaceName}, {place}", reference),
        ]);
        return new(new MemoryStream(file), $"booking-{reference}.ics", "text/calendar; charset=utf-8");
    }

    private sealed record FactAboutBooking(BookedTime Booking, DateTimeOffset At);
}
