using System.Net.Http.Json;
using Portico.Contracts.Auth;
using Portico.Platform.Messaging;

namespace Portico.Platform.Security;

/// <summary>Auth's feed of ended sessions, read over HTTP where Auth runs in another process.</summary>
public sealed class RevocationFeedClient(HttpClient auth) : IRevocationFeed
{
    /// <summary>Where Auth answers, for services only.</summary>
    public const string Path = "/internal/ended-sessions";

    public async Task<IReadOnlyList<EndedSession>> ReadAsync(long after, CancellationToken cancellationToken) =>
        await auth.GetFromJsonAsync<List<EndedSession>>($"{Path}?after={after}", EventJson.Options, cancellationToken) ?? [];
}
