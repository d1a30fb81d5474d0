using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Portico.Platform.Security;

/// <summary>The key rings of this installation. Each purpose has its own secrets: what one signs is worth nothing to another.</summary>
public sealed class KeyRings(string folder, TimeProvider time, ILogger<KeyRings>? logger = null)
{
    /// <summary>Signs access tokens and the tokens services show each other.</summary>
    public const string Tokens = "tokens";

    /// <summary>Signs QR codes of events and members' passes.</summary>
    public const string Codes = "codes";

    /// <summary>Seals secrets that travel in messages until the mail is written.</summary>
    public const string Mail = "mail";

    /// <summary>Signs the webhooks that this installation sends.</summary>
    public const string Webhooks = "webhooks";

    /// <summary>Every purpose, for <c>portico keys rotate</c>.</summary>
    public static readonly IReadOnlyList<string> All = [Tokens, Codes, Mail, Webhooks];

    private readonly ConcurrentDictionary<string, KeyRing> rings = new();

    /// <summary>The ring of one purpose.</summary>
    public KeyRing For(string purpose) => rings.GetOrAdd(purpose, name => new KeyRing(folder, name, time, logger ?? NullLogger<KeyRings>.Instance));
}
