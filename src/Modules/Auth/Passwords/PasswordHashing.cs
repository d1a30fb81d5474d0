using System.Globalization;
using Microsoft.Extensions.Options;

namespace Portico.Auth.Passwords;

internal sealed class PasswordHashing(HashingWorkers workers, IOptions<PasswordHashingOptions> options)
{
    private readonly int cost = options.Value.Cost;

    /// <exception cref="ArgumentException">The password is one that <see cref="PasswordRules"/> call too long or unusable.</exception>
    /// <exception cref="HashingBusyException">The queue is full.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        workers.RunAsync(() => Bcrypt.Hash(password, cost), cancellationToken);

    /// <summary>
    /// As <see cref="HashAsync"/> however long it takes: for the start of the program and the operator's console, where nobody would try
    /// again in a moment. On a busy machine the workers come last.
    /// </summary>
    public Task<string> HashUnhurriedAsync(string password, CancellationToken cancellationToken) =>
        workers.RunAsync(() => Bcrypt.Hash(password, cost), cancellationToken, Timeout.InfiniteTimeSpan);

    /// <summary>False for a wrong password, one that no hash can come from, and an unreadable hash, after the same time.</summary>
    /// <exception cref="HashingBusyException">The queue is full.</exception>
    public Task<bool> VerifyAsync(string password, string hash, CancellationToken cancellationToken) =>
        workers.RunAsync(() => Verify(password, hash), cancellationToken);

    /// <summary>Takes the time of a verification: for users there are none of, who must not be told apart by a fast answer.</summary>
    /// <exception cref="HashingBusyException">The queue is full.</exception>
    public Task BurnAsync(string password, CancellationToken cancellationToken) =>
        workers.RunAsync(() => Verify(password, NobodysHash(cost)), cancellationToken);

    /// <summary>Whether to hash the password again, now that it is at hand, because the stored hash is cheaper or of another form.</summary>
    public bool NeedsRehash(string hash) =>
        Bcrypt.CostOf(hash) is not { } stored || stored < cost || !hash.StartsWith("$2b$", StringComparison.Ordinal);

    private bool Verify(string password, string hash)
    {
        if (!Bcrypt.Accepts(password) || Bcrypt.CostOf(hash) is not { } stored)
        {
            Bcrypt.Verify("", NobodysHash(cost));
            return false;
        }

        var right = Bcrypt.Verify(password, hash);
        // Each cost doubles the work, so these add up to what an older, cheaper hash lacks: a wrong password for it takes as long as any.
        for (; !right && stored < cost; stored++)
        {
            Bcrypt.Verify(password, NobodysHash(stored));
        }

        return right;
    }

    // Well-formed, and costs what its number says; no password is known to give this digest.
    private static string NobodysHash(int cost) =>
        string.Create(CultureInfo.InvariantCulture, $"$2b${cost:D2}${"NobodyHasThisPassword",-53}").Replace(' ', '.');
}
