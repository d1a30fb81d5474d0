using Portico.Auth.Domain;
using Portico.Platform.Data;

namespace Portico.Auth.Throttling;

/// <summary>Forgets failures, as part of what proves that they no longer matter.</summary>
internal static class FailureSql
{
    /// <summary>
    /// The right password: the caller starts again from nothing. The network does not, or an account of one's own would unblock
    /// it for guessing at others.
    /// </summary>
    public static Task<int> ForgetFailuresAsync(this Change change, Tried tried, CancellationToken cancellationToken)
    {
        var subjects = tried.Held.Where(subject => !subject.IsNetwork).ToList();
        return change.ExecuteAsync(
            "delete from login_failures where (who, place) in (select * from unnest(@who, @places))",
            new { who = subjects.Select(subject => subject.Who).ToArray(), places = subjects.Select(subject => subject.Place).ToArray() },
            cancellationToken);
    }

    /// <summary>Lifts every block of an account.</summary>
    public static Task<int> UnlockAsync(this Change change, Account account, CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        delete from login_failures
        where who = any(@names) or who in (select 'session:' || id from sessions where account_id = @Id)
        """,
        new { names = account.Tried().SelectMany(login => new[] { Subject.Name(login).Who, Subject.ResetsAt(login, "").Who }).ToArray(), account.Id },
        cancellationToken);

    /// <summary>What may be typed for an account: failures are counted for each apart.</summary>
    public static IEnumerable<string> Tried(this Account account) => new[] { account.Username, account.Email }.OfType<string>();
}
