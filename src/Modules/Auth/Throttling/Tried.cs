
namespace Portico.Auth.Throttling;

/// <summary>One thing that failures are counted for: see the table <c>login_failures</c>.</summary>
internal sealed record Subject(string Who, string Place)
{
    public static Subject Name(string login) => new($"name:{login.ToLowerInvariant()}", "");

    public static Subject NameAt(string login, string network) => new($"name:{login.ToLowerInvariant()}", network);

    public static Subject Session(Guid id) => new($"session:{id}", "");

    public static Subject ResetsAt(string login, string network) => new($"reset:{login.ToLowerInvariant()}", network);

    public static Subject Network(string network) => new("", network);

    public bool IsNetwork => Who.Length == 0;
}

/// <summary>
/// Who is being tried, and by whom. Names are counted as they were typed, whether there is such an account or not, so that
/// a block tells nothing. A block of the network holds strangers only: one person's typing errors do not lock out the
/// colleagues who sign in there every day.
/// </summary>
/// <param name="Held">A block of any of these refuses the caller.</param>
/// <param name="Counted">A failure counts for each of these, in this order, which is the same for everybody: no deadlock.</param>
internal sealed record Tried(IReadOnlyList<Subject> Held, IReadOnlyList<Subject> Counted)
{
    /// <summary>Somebody who was never seen with this account.</summary>
    public static Tried ByStranger(string login, Caller caller) =>
        new([Subject.Name(login), Subject.Network(caller.Network)], [Subject.Name(login), Subject.Network(caller.Network)]);

    /// <summary>Somebody where the account has signed in lately.</summary>
    public static Tried AtKnownPlace(string login, Caller caller) =>
        new([Subject.NameAt(login, caller.Network)], [Subject.NameAt(login, caller.Network), Subject.Network(caller.Network)]);

    /// <summary>Somebody who is signed in to the account already.</summary>
    public static Tried InSession(Guid sessionId, Caller caller) =>
        new([Subject.Session(sessionId)], [Subject.Session(sessionId), Subject.Network(caller.Network)]);

    /// <summary>Somebody with a link to a new password.</summary>
    public static Tried ByLink(Caller caller) => new([Subject.Network(caller.Network)], [Subject.Network(caller.Network)]);

    /// <summary>Somebody asking for such a link: each request counts.</summary>
    public static Tried ByForgetting(string login, Caller caller) =>
        new([Subject.ResetsAt(login, caller.Network)], [Subject.ResetsAt(login, caller.Network)]);
}
