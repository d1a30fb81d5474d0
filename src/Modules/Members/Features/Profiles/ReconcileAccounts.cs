using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Schedules;

namespace Portico.Members.Features.Profiles;

/// <summary>
/// Compares every profile with its account and mends what differs, whatever the reason. Messages keep profiles up to date;
/// this is for those that were lost, parked, or restored away.
/// </summary>
/// <remarks>
/// No clocks are compared. Pages only find suspects. For each the profile is locked first and Auth asked again then: what the
/// profile holds came from messages, which follow Auth's commits, so what Auth says under the lock is never older. A message
/// still on its way tells the same or something newer, and is applied after the lock.
/// </remarks>
internal sealed class ReconcileAccounts(
    Database<MembersModule> database, AccountDirectory directory, ReconciliationMeter meter, TimeProvider time, ILogger<ReconcileAccounts> logger)
    : IScheduledJob
{
    private const int PageSize = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!directory.IsConfigured)
        {
            return;
        }

        var (compared, mended, strays, after) = (0, 0, 0L, Guid.Empty);
        IReadOnlyList<AccountRow> page;
        do
        {
            page = await directory.ReadPageAsync(after, PageSize, cancellationToken);
            var last = page.Count < PageSize ? Guid.AllBitsSet : page[^1].Id;
            var ids = page.Select(account => account.Id).ToArray();
            var profiles = (await database.QueryAsync<AccountRow>(
                "select id, username, email, name, surname, role, status, created_at from profiles where id = any(@ids)", new { ids }, cancellationToken))
                .ToDictionary(profile => profile.Id);
            foreach (var account in page.Where(account => Difference(profiles.GetValueOrDefault(account.Id), account) is not null))
            {
                mended += await MendAsync(account.Id, cancellationToken) ? 1 : 0;
            }

            strays += await database.FindAsync<long>(
                "select count(*) from profiles where id > @after and id <= @last and id <> all(@ids)", new { after, last, ids }, cancellationToken);
            compared += page.Count;
            after = last;
        }
        while (page.Count == PageSize);

        logger.AccountsCompared(compared, mended);
        if (strays > 0)
        {
            // Auth keeps the accounts it deletes, so this is no deletion we missed; and nothing is erased on a guess.
            logger.ProfilesWithoutAccount(strays);
        }
    }

    private async Task<bool> MendAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        // One that is missing is made first, so that there is something to lock.
        await change.EnsureProfileAsync(id, time.GetUtcNow(), cancellationToken);
        var profile = await change.FindAsync<AccountRow>(
            "select id, username, email, name, surname, role, status, created_at from profiles where id = @id for no key update", new { id }, cancellationToken);
        if (await directory.FindAsync(id, cancellationToken) is not { } account || Difference(profile, account) is not { } difference)
        {
            return false;
        }

        if (account.Status == "deleted")
        {
            await change.AnonymiseAsync(id, time.GetUtcNow(), cancellationToken);
        }
        else
        {
            await change.CopyAccountAsync(account, time.GetUtcNow(), cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        meter.Mended(difference);
        return true;
    }

    private static string? Difference(AccountRow? profile, AccountRow account) => (profile, account) switch
    {
        (null, _) => "missing",
        _ when profile.Username == profile.Id.ToString() => "missing",
        // Nothing of it is left here, and nothing comes back.
        ({ Status: "deleted" }, _) => null,
        (_, { Status: "deleted" }) => "deleted",
        _ => profile with { CreatedAt = account.CreatedAt } == account ? null : "changed",
    };
}

internal static partial class ReconcileAccountsLog
{
    [LoggerMessage(LogLevel.Information, "{Compared} accounts were compared with their profiles, {Mended} profiles mended")]
    public static partial void AccountsCompared(this ILogger logger, int compared, int mended);

    [LoggerMessage(LogLevel.Warning, "{Count} profiles have no account: is the account directory the right one, or was Auth restored from an older backup?")]
    public static partial void ProfilesWithoutAccount(this ILogger logger, long count);
}
