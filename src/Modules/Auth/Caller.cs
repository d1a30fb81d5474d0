using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Portico.Auth.Domain;
using Portico.Contracts.Bookings;
using Portico.Platform.Web;

namespace Portico.Auth;

/// <summary>Where a request comes from and on whose behalf, for sessions, throttling and the log.</summary>
/// <param name="Address">The client's address; empty for the command line.</param>
/// <param name="Network">What is one household to us: see <see cref="NetworkOf"/>.</param>
/// <param name="Agent">The beginning of its <c>User-Agent</c>.</param>
/// <param name="AccountId">The account whose token it carries, or null.</param>
/// <param name="SessionId">The session of that token, or null.</param>
internal sealed record Caller(string Address, string Network, string Agent, Guid? AccountId, Guid? SessionId)
{
    private const int LongestAgent = 200;
    private const int BytesOfSubnet = 8;

    /// <summary>Whoever runs <c>portico</c> on the machine itself.</summary>
    public static readonly Caller Operator = new("", "", "portico", null, null);

    /// <summary>The administrator in whose name an invite acts.</summary>
    public static Caller Of(InviteRedeemed invite) => new("", "", "invite", invite.CreatedBy, null);

    /// <summary>Lets handlers ask for the caller as a parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(Of(context));

    public static Caller Of(HttpContext context)
    {
        var address = ClientAddress.Of(context);
        return new(
            address?.ToString() ?? "",
            address is null ? "" : NetworkOf(address),
            PersonalDetails.Shorten(context.Request.Headers.UserAgent.ToString(), LongestAgent),
            Id(context.User, "sub"),
            Id(context.User, "sid"));
    }

    /// <summary>An IPv4 address, or the /64 of an IPv6 one: one customer has the whole of that and changes addresses within it.</summary>
    public static string NetworkOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(BytesOfSubnet).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    private static Guid? Id(ClaimsPrincipal user, string claim) => Guid.TryParse(user.FindFirstValue(claim), out var id) ? id : null;
}
