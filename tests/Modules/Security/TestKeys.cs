using Microsoft.Extensions.Options;
using Portico.Platform.Security;

namespace Portico.Tests.Security;

/// <summary>A key folder of its own and what stands on it, as one process of Portico has it.</summary>
internal sealed class TestKeys : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portico-keys-").FullName;

    public TestKeys()
    {
        var options = Options.Create(new TokenOptions());
        Rings = new(Folder, Clock);
        Issuer = new(Rings, options, Clock);
        Validator = new(Rings, options, Clock);
        Revoked = new(options, Clock);
        Revoked.Learn([]);
        Tokens = new(Validator, Revoked, Rings, Clock);
        Sealed = new(Rings);
    }

    /// <summary>Not there until a key is asked for.</summary>
    public string Folder => Path.Combine(folder, "keys");

    public SettableClock Clock { get; } = new();

    public KeyRings Rings { get; }

    public TokenIssuer Issuer { get; }

    public TokenValidator Validator { get; }

    public RevokedSessions Revoked { get; }

    public ValidatedTokens Tokens { get; }

    public SealedText Sealed { get; }

    public TokenForge Forge => new(Rings.For(KeyRings.Tokens).Current, Clock.GetUtcNow());

    /// <summary>The ring as another process has it.</summary>
    public KeyRing AnotherProcess(string purpose = KeyRings.Tokens) => new KeyRings(Folder, Clock).For(purpose);

    public string GoodToken(string role = "member") =>
        Issuer.IssueAccess(Guid.CreateVersion7(), Guid.CreateVersion7(), role, mustChangePassword: false).Token;

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
