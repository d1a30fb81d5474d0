using Portico.Bookings.Data;
using Portico.Bookings.Messages;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.People;

/// <summary>
/// Compares everybody with their account and mends what differs, as the message would have that was lost, parked or restored
/// away: duties go with a role, plans with the person.
/// </summary>
/// <remarks>
/// No clocks are compared. Pages only find suspects. For each the person is locked first and Auth asked again then: what is here
/// came from messages, which follow Auth's commits, so what Auth says under the lock is never older.
/// </remarks>
internal sealed class ReconcilePeople(
    Database<BookingsModule> database, AccountDirectory directory, TimeProvider time, ILogger<ReconcilePeople> logger) : IScheduledJob
{
    private const int PageSize = 500;
    private const string Columns = "id, username, name, surname, role, status";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!directory.IsConfigured)
        {
            return;
        }

        var (compared, mended, after) = (0, 0, Guid.Empty);
        IReadOnlyList<AccountRow> page;
        do
        {
            page = await directory.ReadPageAsync(after, PageSize, cancellationToken);
            var ids = page.Select(account => account.Id).ToArray();
            var people = (await database.QueryAsync<AccountRow>($"select {Columns} from people where id = any(@ids)", new { ids }, cancellationToken))
                .ToDictionary(person => person.Id);
            foreach (var account in page.Where(account => Differ(people.GetValueOrDefault(account.Id), account)))
            {
                mended += await MendAsync(account.Id, cancellationToken) ? 1 : 0;
            }

            compared += page.Count;
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == PageSize);

        logger.PeopleCompared(compared, mended);
    }

    private async Task<bool> MendAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        // Whoever is missing is made first, so that there is something to lock.
        await change.EnsurePersonAsync(id, cancellationToken);
        var person = (await change.FindAsync<AccountRow>($"select {Columns} from people where id = @id for no key update", new { id }, cancellationToken))!;
        if (await directory.FindAsync(id, cancellationToken) is not { } account || !Differ(person, account))
        {
            return false;
        }

        await MendAsync(change, person, account, time.GetStoredNow(), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task MendAsync(Change change, AccountRow person, AccountRow account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (account.Status == "deleted")
        {
            await new ForgetPerson().HandleAsync(new UserDeleted(account.Id, account.Id, now), change, cancellationToken);
            return;
        }

        await new RenamePerson().HandleAsync(new UserChanged(account.Id, account.Username, null, account.Name, account.Surname, now), change, cancellationToken);
        if (person.Role != account.Role)
        {
            await new ChangePersonsRole().HandleAsync(new UserRoleChanged(account.Id, account.Role, account.Id, now), change, cancellationToken);
        }

        if (account.Status == "suspended")
        {
            await new SuspendPerson().HandleAsync(new UserSuspended(account.Id, "", account.Id, now), change, cancellationToken);
        }
        else
        {
            await new ReinstatePerson().HandleAsync(new UserReinstated(account.Id, account.Id, now), change, cancellationToken);
        }
    }

    private static bool Differ(AccountRow? person, AccountRow account) => (person, account) switch
    {
        (null, _) => true,
        // Nothing of them is left here, and nothing comes back.
        ({ Status: "deleted" }, _) => false,
        (_, { Status: "deleted" }) => true,
        _ => person != account,
    };
}

internal static partial class ReconcilePeopleLog
{
    [LoggerMessage(LogLevel.Information, "{Compared} accounts were compared with the people of bookings, {Mended} people mended")]
    public static partial void PeopleCompared(this ILogger logger, int compared, int mended);
}
