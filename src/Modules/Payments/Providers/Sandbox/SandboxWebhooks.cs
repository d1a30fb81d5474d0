using System.Data.Common;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Portico.Payments.Features.Webhooks;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Payments.Providers.Sandbox;

/// <summary>
/// Sends what the sandbox has to tell to this process's own webhook, or where it is told to, over HTTP and signed, as Stripe would:
/// until it is taken, later and later, possibly twice and in any order.
/// </summary>
internal sealed class SandboxWebhooks(
    IServiceScopeFactory scopes, SandboxBell bell, WebhookSecrets secrets, IServer server, IHttpClientFactory clients,
    IOptions<SandboxOptions> options, TimeProvider time, ILogger<SandboxWebhooks> logger) : BackgroundService
{
    public const string ClientName = "sandbox";
    private const string OwnPath = "/api/payments/webhook/stripe";
    private const string PublicPath = "/webhook/stripe";
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await SendNextAsync(stoppingToken))
                {
                    await bell.Bell.WaitAsync(Idle, TimeProvider.System, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException)
            {
                logger.SandboxIsStuck(e.Message);
                await bell.Bell.WaitAsync(Idle, TimeProvider.System, stoppingToken);
            }
        }
    }

    private async Task<bool> SendNextAsync(CancellationToken cancellationToken)
    {
        if (Address() is not { } address || secrets.OfSandbox() is not { } secret)
        {
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<Database<PaymentsModule>>();
        var now = time.GetStoredNow();
        // Whoever has it has it for half a minute: if they die, it is sent again.
        var due = await ChangeAsync<Due>(
            database,
            """
            update sandbox_events set attempts = attempts + 1, next_at = @until
            where id = (select id from sandbox_events where next_at <= @now order by next_at, id limit 1 for update skip locked)
            returning id, payload, attempts
            """, new { now, until = now + Lease }, cancellationToken);
        if (due is null)
        {
            return false;
        }

        var statement = await IsTakenAsync(address, secret, due.Payload, cancellationToken)
            ? "delete from sandbox_events where id = @Id"
            : "update sandbox_events set next_at = @later where id = @Id";
        await ChangeAsync<string>(
            database, statement, new { due.Id, later = now + TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(2, due.Attempts))) }, cancellationToken);
        return true;
    }

    private static async Task<T?> ChangeAsync<T>(Database<PaymentsModule> database, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var found = await change.FindAsync<T>(sql, parameters, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return found;
    }

    private async Task<bool> IsTakenAsync(Uri address, string secret, string payload, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new StringContent(payload, Encoding.UTF8, "application/json");
        request.Headers.Add(WebhookSecrets.Header, WebhookSignature.Of(payload, secret, time.GetUtcNow()));
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Where it is told to send to, or where this process listens; null before it does.</summary>
    private Uri? Address() => options.Value.WebhookAddress is { } told ? new(new Uri(told), PublicPath)
        : server.Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(address => address.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal))
            .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null)
            .FirstOrDefault(uri => uri?.Scheme == Uri.UriSchemeHttp && uri.Port > 0) is { } found
            ? new UriBuilder(found) { Host = found.Host is "0.0.0.0" or "[::]" ? "localhost" : found.Host, Path = OwnPath }.Uri
            : null;

    private sealed record Due(string Id, string Payload, int Attempts);
}

internal static partial class SandboxLog
{
    [LoggerMessage(LogLevel.Warning, "The sandbox cannot tell what happened: {Reason}")]
    public static partial void SandboxIsStuck(this ILogger logger, string reason);
}
