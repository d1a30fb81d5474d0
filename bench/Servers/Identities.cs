using Microsoft.Extensions.Options;
using Portico.Contracts.Auth;
using Portico.Platform.Security;

namespace Portico.Bench.Servers;

/// <summary>
/// Tokens as Auth would issue them, signed with the installation's own keys: registering tens of thousands of accounts would
/// take an hour of bcrypt. No process asks Auth whether a session exists, only which ones have ended.
/// </summary>
internal sealed class Identities(string dataFolder)
{
    private readonly TokenIssuer issuer = new(
        new KeyRings(Path.Combine(dataFolder, "keys"), TimeProvider.System), Options.Create(new TokenOptions()), TimeProvider.System);

    public string Member(Guid id) => Token(id, Roles.Member);

    public string Admin() => Token(NewId(), Roles.Admin);

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private string Token(Guid id, string role) => issuer.IssueAccess(id, NewId(), role, mustChangePassword: false).Token;
}
