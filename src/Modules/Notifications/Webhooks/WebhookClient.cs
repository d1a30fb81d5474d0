using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using Portico.Platform.Security;

namespace Portico.Notifications.Webhooks;

/// <summary>What came of sending something.</summary>
/// <param name="Failure">Null when it was taken.</param>
internal sealed record WebhookAnswer(int? StatusCode, string? Failure, int Milliseconds);

/// <summary>
/// Posts to addresses that administrators gave. Names are looked up here, every address of one has to be allowed, and it is these
/// addresses that are connected to: whoever owns the name cannot give another one in between. Redirects are not followed, and nothing
/// of an answer is read but its status.
/// </summary>
internal sealed class WebhookClient(IHttpClientFactory clients, IOptions<WebhookOptions> options, TimeProvider time)
{
    public const string Name = "webhooks";
    public const string SignatureHeader = "Portico-Signature";

    public async Task<WebhookAnswer> PostAsync(Guid id, string url, string body, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add(SignatureHeader, WebhookSignature.Of(body, secret, time.GetUtcNow()));
        request.Headers.Add("Portico-Delivery", id.ToString());
        request.Headers.Add("User-Agent", "Portico");
        var watch = Stopwatch.StartNew();
        // Not when the process stops: whether it was taken would not be known.
        using var patience = new CancellationTokenSource(options.Value.Timeout);
        try
        {
            using var client = clients.CreateClient(Name);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return new((int)response.StatusCode, response.IsSuccessStatusCode ? null : "not_taken", Elapsed());
        }
        catch (OperationCanceledException)
        {
            return new(null, "timeout", Elapsed());
        }
        catch (HttpRequestException e)
        {
            return new(null, Why(e), Elapsed());
        }

        int Elapsed() => (int)watch.ElapsedMilliseconds;
    }

    public static SocketsHttpHandler Handler(IServiceProvider provider)
    {
        var allowPrivate = provider.GetRequiredService<IOptions<WebhookOptions>>().Value.AllowPrivate;
        return new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // Whom we tell need not know what we trace.
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, allowPrivate, cancellationToken),
        };
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint end, bool allowPrivate, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(end.Host, cancellationToken);
        if (!allowPrivate && !addresses.All(PublicAddresses.Has))
        {
            throw new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, end.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A few words of ours: what the system says may tell of networks that are nobody's business.
    private static string Why(HttpRequestException e) => e switch
    {
        { InnerException: PrivateAddressException } => "address_refused",
        { HttpRequestError: HttpRequestError.NameResolutionError } => "name_unknown",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls_failed",
        { HttpRequestError: HttpRequestError.ConnectionError } => "unreachable",
        _ => "no_answer",
    };

    private sealed class PrivateAddressException() : IOException("The address is not on the Internet.");
}
