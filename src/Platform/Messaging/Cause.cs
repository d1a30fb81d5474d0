using System.Security.Claims;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Platform.Messaging;

/// <summary>Whose doing a change is. What follows from a fact in another module is the doing of who made that fact true.</summary>
/// <param name="Actor">The account that asked, or null: nobody was signed in, or the clock did it.</param>
/// <param name="Origin">The address the request came from, or null: there was no request.</param>
public sealed record Cause(Guid? Actor, string? Origin)
{
    /// <summary>Nobody's: the clock's.</summary>
    public static readonly Cause Clock = new(null, null);

    internal static Cause Of(HttpContext? context)
    {
        // Another process of this installation passes on what others did: it says so beside each fact.
        if (context is null || context.User.Identity?.AuthenticationType == ServiceHandler.Scheme)
        {
            return Clock;
        }

        var actor = Guid.TryParse(context.User.FindFirstValue("sub"), out var id) ? id : (Guid?)null;
        return new(actor, ClientAddress.Of(context)?.ToString());
    }
}

/// <summary>Who asked for a write, and in which trace: where several share a transaction, each has its own.</summary>
/// <param name="TraceParent">W3C Trace Context, or null when nothing is traced.</param>
public sealed record Asker(Cause Cause, string? TraceParent);
