using Portico.Auth.Data;
using Portico.Auth.Domain;
using Portico.Auth.Features.Accounts;
using Portico.Auth.Log;
using Portico.Contracts.Auth;
using Portico.Platform.Data;

namespace Portico.Auth.Accounts;

/// <summary>Writes down what an account says about its owner, and tells the other modules.</summary>
internal sealed class DetailsChange(Database<AuthModule> database, AuthLog log, TimeProvider time)
{
    /// <summary>The account as it is afterwards; null when it was suspended or deleted meanwhile.</summary>
    /// <param name="withEmail">Whether the caller may change the e-mail address; without, it stays what it is by now.</param>
    public async Task<Account?> ApplyAsync(Guid id, ChangeMeRequest request, bool withEmail, Caller caller, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (withEmail)
        {
            await change.LockAddressesAsync(cancellationToken);
        }

        if (await change.LockAccountAsync(id, cancellationToken) is not { IsActive: true } before)
        {
            return null;
        }

        var after = before with
        {
            Email = withEmail ? PersonalDetails.OrNull(request.Email) : before.Email,
            Name = request.Name is null ? before.Name : PersonalDetails.OrNull(request.Name),
            Surname = request.Surname is null ? before.Surname : PersonalDetails.OrNull(request.Surname),
        };
        if (after == before)
        {
            return before;
        }

        await change.ExecuteAsync("update accounts set email = @Email, name = @Name, surname = @Surname where id = @Id", after, cancellationToken);
        if (after.Email != before.Email)
        {
            // A link that is on its way to the old address may not open the account any more.
            await change.DropResetAsync(before.Id, cancellationToken);
        }

        await log.WriteAsync(change, caller, LogEntry.Of(LogActions.DetailsChange, LogOutcomes.Ok, after), cancellationToken);
        change.Publish(new UserChanged(
            after.Id, after.Username, after.Email, after.Name, after.Surname, time.GetUtcNow(), new(before.Username, before.Email, before.Name, before.Surname)));
        await change.CommitAsync(cancellationToken);
        return after;
    }
}
