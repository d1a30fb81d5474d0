using Portico.Auth.Accounts;
using Portico.Auth.Domain;
using Portico.Auth.Passwords;
using Portico.Contracts.Demo;
using Portico.Platform.Data;
using Portico.Platform.Modules;

namespace Portico.Auth.Demo;

/// <summary>
/// Accounts of the demonstration people. Nobody knows their password: an administrator gives one to whomever they want to be.
/// </summary>
internal sealed class DemoAccounts(Database<AuthModule> database, PasswordHashing passwords, NewAccounts accounts, TimeProvider time) : IDemoData
{
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var known = await database.QueryAsync<Guid>(
            "select id from accounts where id = any(@ids)", new { ids = DemoPeople.All.Select(person => person.Id).ToArray() }, cancellationToken);
        var missing = DemoPeople.All.Where(person => !known.Contains(person.Id)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        // One hash for all: it opens nothing, and hashing takes a quarter of a second.
        var hash = await passwords.HashUnhurriedAsync(OneTimePassword.NewPassword(), cancellationToken);
        foreach (var person in missing)
        {
            var account = Account.New(
                person.Username, person.Email, person.Name, person.Surname, person.Role, hash, mustChangePassword: false, time.GetUtcNow());
            await using var change = await database.BeginAsync(cancellationToken);
            if (await accounts.AddAsync(change, account with { Id = person.Id }, Caller.Operator, cancellationToken) is null)
            {
                await change.CommitAsync(cancellationToken);
            }
        }
    }
}
