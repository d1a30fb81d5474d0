using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portico.Auth;
using Portico.Contracts;
using Portico.Contracts.Bookings;
using Portico.Members;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>Somebody in Members who hears all that Bookings says of bookings, as Payments and Notifications will.</summary>
internal sealed class Ear
{
    private readonly ConcurrentQueue<object> heard = [];

    public IReadOnlyList<TEvent> Heard<TEvent>() => [.. heard.OfType<TEvent>()];

    /// <summary>The only one of its kind so far, once it has come.</summary>
    public async Task<TEvent> OnlyAsync<TEvent>()
    {
        await Eventually.TrueAsync(() => Task.FromResult(Heard<TEvent>().Count > 0), $"nobody says {typeof(TEvent).Name}");
        return Assert.Single(Heard<TEvent>());
    }

    /// <summary>To be given to <see cref="RunningPlatform.StartAsync"/>.</summary>
    public void Listen(WebApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(ModuleDataSource<MembersModule>)))
        {
            builder.Services.AddSingleton(this);
            Add<BookingHeld>(builder);
            Add<BookingAwaitsApproval>(builder);
            Add<BookingAwaitsPayment>(builder);
            Add<BookingConfirmed>(builder);
            Add<BookingChanged>(builder);
            Add<BookingCancelled>(builder);
            Add<BookingExpired>(builder);
            Add<BookingPaymentFailed>(builder);
            Add<BookingPaymentRefused>(builder);
            Add<BookingCheckedIn>(builder);
            Add<BookingCompleted>(builder);
            Add<BookingNoShow>(builder);
        }
    }

    private static void Add<TEvent>(WebApplicationBuilder builder)
        where TEvent : IIntegrationEvent => builder.Services.AddEventHandler<MembersModule, TEvent, Overhear<TEvent>>();

    private sealed class Overhear<TEvent>(Ear ear) : IHandleEvent<TEvent>
        where TEvent : IIntegrationEvent
    {
        public Task HandleAsync(TEvent fact, Change change, CancellationToken cancellationToken)
        {
            ear.heard.Enqueue(fact);
            return Task.CompletedTask;
        }
    }
}

/// <summary>What other modules tell Bookings.</summary>
internal static class FactSteps
{
    /// <summary>Says it through the outbox of another module, and waits until everybody has heard.</summary>
    public static async Task SayAsync<TEvent>(this RunningPlatform platform, TEvent fact)
        where TEvent : IIntegrationEvent
    {
        await using var scope = platform.Hosting<AuthModule>().CreateAsyncScope();
        await using var change = await scope.ServiceProvider.GetRequiredService<Database<AuthModule>>().BeginAsync(CancellationToken.None);
        change.Publish(fact);
        await change.CommitAsync(CancellationToken.None);
        await platform.ToldAsync("auth", fact.Key);
    }
}
