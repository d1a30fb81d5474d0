using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Sessions;
using Portico.Auth.Throttling;
using Portico.Contracts.Auth;
using Portico.Platform.Data;

namespace Portico.Auth.Accounts;

/// <summary>A password that somebody else has set: whoever was signed in is out, and whoever was locked out may try it.</summary>
internal sealed class GivenPasswords(EndedSessions sessions, TimeProvider time)
{
    /// <summary>Devices cannot choose a password of their own.</summary>
    public static bool MustChange(string role) => role != Roles.Kiosk;

    /// <param name="account">Locked by this change.</param>
    public async Task SetAsync(Change change, Account account, string hash, CancellationToken cancellationToken)
    {
        await change.SetPasswordAsync(account, hash, MustChange(account.Role), time.GetUtcNow(), cancellationToken);
        await change.UnlockAsync(account, cancellationToken);
        await sessions.EndAllAsync(change, account.Id, EndReasons.PasswordGiven, cancellationToken);
    }
}
