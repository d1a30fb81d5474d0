using Microsoft.Extensions.DependencyInjection;
using Portico.Bookings;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class ReminderTests
{
    [Theory, InBothShapes]
    public async Task Its_owner_is_reminded_once_of_what_stands_and_once_more_when_it_is_moved(Shape shape)
    {
        var heard = new Heard();
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:remind:Every"] = "00:00:00.2" }, builder =>
        {
            if (builder.Services.Any(service => service.ServiceType == typeof(ModuleDataSource<BookingsModule>)))
            {
                builder.Services.AddSingleton(heard);
                builder.Services.AddEventHandler<BookingsModule, BookingReminder, Hear>();
            }
        });
        platform.MoveToWednesday();
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var stay = await admin.RoomAsync(new { });
        var (booking, moved) = (await anna.BookAsync(stay.Room, 120, 180), await anna.BookAsync(stay.Room, 180, 240));
        // Only held, called off, and begun.
        var eleven = platform.Today(11);
        (await anna.HoldAsync(await platform.AddSpaceAsync(stay.Location), eleven, eleven.AddHours(1))).Expect(HttpStatusCode.Created);
        var cancelled = await anna.BookAsync(await platform.AddSpaceAsync(stay.Location), 120, 180);
        (await anna.PostAsync($"/api/bookings/{cancelled}/cancel")).Expect(HttpStatusCode.OK);
        var begun = await anna.BookAsync(await platform.AddSpaceAsync(stay.Location), 30, 180);
        await RemindedAsync(platform);
        Assert.Equal([begun], heard.Of);
        platform.Clock.Advance(TimeSpan.FromMinutes(45));
        // As if it had been confirmed only now.
        await platform.ExecuteAsync("bookings", "update bookings set reminded_of = null where id = @begun", new { begun });
        heard.Forget();

        platform.Clock.Advance(TimeSpan.FromMinutes(20));
        await RemindedAsync(platform);
        Assert.Empty(heard.Of);
        platform.Clock.Advance(TimeSpan.FromMinutes(6));
        await RemindedAsync(platform);
        Assert.Equal([booking], heard.Of);
        (await anna.PatchAsync($"/api/bookings/{booking}", new { starts_at = eleven.AddMinutes(-30), ends_at = eleven.AddMinutes(30) })).Expect(HttpStatusCode.OK);
        await RemindedAsync(platform);
        Assert.Equal([booking, booking], heard.Of);

        // Moved away before it was reminded of, it is reminded of in its own time.
        (await anna.PatchAsync($"/api/bookings/{moved}", new { starts_at = eleven.AddHours(2), ends_at = eleven.AddHours(3) })).Expect(HttpStatusCode.OK);
        platform.Clock.Advance(TimeSpan.FromMinutes(60));
        await RemindedAsync(platform);
        Assert.Equal([booking, booking], heard.Of);
        platform.Clock.Advance(TimeSpan.FromMinutes(60));
        await RemindedAsync(platform);
        Assert.Equal([booking, booking, moved], heard.Of);
    }

    /// <summary>Until the job ran with the clock as it is, and what it said was heard.</summary>
    private static async Task RemindedAsync(RunningPlatform platform)
    {
        var before = await RunsAsync(platform);
        await Eventually.TrueAsync(async () => await RunsAsync(platform) >= before + 2, "nobody is reminded");
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<long>("bookings", "select count(*) from outbox")).Single() == 0, "the reminders do not arrive");
    }

    private static async Task<long> RunsAsync(RunningPlatform platform) =>
        (await platform.QueryAsync<long>("bookings", "select runs from schedule_runs where job = 'remind'")).SingleOrDefault();

    private sealed class Heard
    {
        private readonly Lock gate = new();
        private readonly List<Guid> bookings = [];

        public IReadOnlyList<Guid> Of
        {
            get
            {
                lock (gate)
                {
                    return [.. bookings];
                }
            }
        }

        public void Add(Guid booking)
        {
            lock (gate)
            {
                bookings.Add(booking);
            }
        }

        public void Forget()
        {
            lock (gate)
            {
                bookings.Clear();
            }
        }
    }

    private sealed class Hear(Heard heard) : IHandleEvent<BookingReminder>
    {
        public Task HandleAsync(BookingReminder fact, Change change, CancellationToken cancellationToken)
        {
            change.AfterCommit(() => heard.Add(fact.Booking.BookingId));
            return Task.CompletedTask;
        }
    }
}
