using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portico.Auth;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Security;

namespace Portico.Tests.Behaviour.Auth;

/// <summary>Takes the requests for new passwords as whoever writes the mails will, and opens their seals.</summary>
internal sealed class Mailbox
{
    private readonly ConcurrentQueue<(string Email, string Token)> mails = new();

    public IReadOnlyList<(string Email, string Token)> Mails => [.. mails];

    /// <summary>To be given to the platform at its start. Only Auth's process listens, so that each mail comes once.</summary>
    public void Listen(WebApplicationBuilder production)
    {
        if (production.Services.Any(service => service.ServiceType == typeof(ModuleDataSource<AuthModule>)))
        {
            production.Services.AddSingleton(this);
            production.Services.AddEventHandler<AuthModule, PasswordResetRequested, Receive>();
        }
    }

    /// <summary>The token of the newest mail, once that many have come.</summary>
    public async Task<string> TokenOfMailAsync(int nth)
    {
        await Eventually.TrueAsync(() => Task.FromResult(mails.Count >= nth), $"mail number {nth} did not come");
        return mails.ElementAt(nth - 1).Token;
    }

    internal sealed class Receive(Mailbox mailbox, SealedText seals) : IHandleEvent<PasswordResetRequested>
    {
        public Task HandleAsync(PasswordResetRequested fact, Change change, CancellationToken cancellationToken)
        {
            mailbox.mails.Enqueue((fact.Email, seals.Open(KeyRings.Mail, fact.SealedToken) ?? throw new InvalidOperationException("The seal does not open.")));
            return Task.CompletedTask;
        }
    }
}
