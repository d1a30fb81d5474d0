using Portico.Contracts.Auth;

namespace Portico.Auth.Features.Sessions;

/// <summary>The feed of ended sessions for the other processes of the installation.</summary>
internal static class ReadEndedSessions
{
    public static async Task<Ok<IReadOnlyList<EndedSession>>> Handle(long after, IRevocationFeed feed, CancellationToken cancellationToken) =>
        TypedResults.Ok(await feed.ReadAsync(after, cancellationToken));
}
