using System.Diagnostics.Metrics;
using Portico.Auth.Log;
using Portico.Auth.Passwords;
using Portico.Auth.Sessions;

namespace Portico.Auth;

/// <summary>What people would ask about sign-ins.</summary>
internal sealed class AuthMeter : IHostedService
{
    private readonly Counter<long> logins;
    private readonly Counter<long> sessionsEnded;

    public AuthMeter(IMeterFactory meters, HashingWorkers workers)
    {
        var meter = meters.Create("portico.auth");
        logins = meter.CreateCounter<long>("portico.auth.logins", "{login}", "Sign-ins by outcome");
        sessionsEnded = meter.CreateCounter<long>("portico.auth.sessions.ended", "{session}", "Sessions ended before they ran out, by reason");
        meter.CreateObservableGauge("portico.auth.hashing.queue", () => workers.Waiting, "{password}", "Passwords waiting to be hashed");
    }

    // What nobody has counted yet is not there at all, and a panel over it shows nothing where it should show none.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Array.ForEach([LogOutcomes.Ok, LogOutcomes.WrongPassword, LogOutcomes.UnknownUser, LogOutcomes.Blocked, LogOutcomes.Suspended], outcome => LoggedIn(outcome, 0));
        SessionsEnded(EndReasons.Logout, 0);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void LoggedIn(string outcome, int count = 1) => logins.Add(count, new KeyValuePair<string, object?>("outcome", outcome));

    public void SessionsEnded(string reason, int count) => sessionsEnded.Add(count, new KeyValuePair<string, object?>("reason", reason));
}
