using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Portico.Notifications.Webhooks;
using Portico.Platform.Web;

namespace Portico.Notifications.Features.Webhooks;

/// <summary>
/// What administrators may give as addresses and ask for. That an address is on the Internet is proved whenever something is sent;
/// here it is told as early as it can be.
/// </summary>
internal sealed class WebhookAddresses(IOptions<WebhookOptions> options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<ProblemHttpResult?> RefusalAsync(string url, IReadOnlyList<string>? topics, IReadOnlyList<string>? types, CancellationToken cancellationToken)
    {
        if (topics?.FirstOrDefault(topic => !WebhookFacts.Topics.Contains(topic)) is not null)
        {
            return Problems.Invalid("topics", $"What there is: {string.Join(", ", WebhookFacts.Topics)}.");
        }

        if (types?.FirstOrDefault(type => !WebhookFacts.Types.Contains(type)) is { } unknown)
        {
            return Problems.Invalid("types", $"\"{unknown}\" is told to nobody.");
        }

        if ((topics?.Count ?? 0) + (types?.Count ?? 0) == 0)
        {
            return Problems.Invalid("topics", "Name topics, or types.");
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.UserInfo.Length + address.Fragment.Length > 0
            || !(address.Scheme == Uri.UriSchemeHttps || (options.Value.AllowPrivate && address.Scheme == Uri.UriSchemeHttp)))
        {
            return Problems.Invalid("url", "This is not an address such as https://example.org/portico, without a name or a password in it.");
        }

        return options.Value.AllowPrivate || await MayBePublicAsync(address.IdnHost, cancellationToken)
            ? null
            : Problems.Unprocessable("address-not-public", "Only what is on the Internet is told.");
    }

    private static async Task<bool> MayBePublicAsync(string host, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return (await Dns.GetHostAddressesAsync(host, patience.Token)).All(PublicAddresses.Has);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // It may come to be known.
            return true;
        }
    }
}
