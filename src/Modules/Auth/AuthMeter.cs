using System.Diagnostics.Metrics;
using Portico.Auth.Passwords;

namespace Portico.Auth;

/// <summary>What people would ask about sign-ins.</summary>
internal sealed class AuthMeter
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

    public void LoggedIn(string outcome) => logins.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void SessionsEnded(string reason, int count) => sessionsEnded.Add(count, new KeyValuePair<string, object?>("reason", reason));
}
