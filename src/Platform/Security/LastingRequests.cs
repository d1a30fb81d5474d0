namespace Portico.Platform.Security;

/// <summary>For requests that are answered for hours: whether their caller could still make them.</summary>
public sealed class LastingRequests(ValidatedTokens tokens)
{
    /// <summary>Null while they could; otherwise the <c>code</c> of the refusal they would get now.</summary>
    public string? Refusal(HttpRequest request)
    {
        if (BearerHandler.ReadToken(request) is not { } token)
        {
            return "not-signed-in";
        }

        var (caller, refusal) = tokens.Check(token);
        return caller is not null ? null : refusal switch
        {
            TokenRefusal.Expired => "token-expired",
            TokenRefusal.SessionEnded => "session-ended",
            TokenRefusal.Unverifiable => "sessions-unverifiable",
            _ => "token-invalid",
        };
    }
}
