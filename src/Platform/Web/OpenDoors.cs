using System.Collections.Frozen;

namespace Portico.Platform.Web;

/// <summary>
/// The only routes that answer without a sign-in. The gateway lets nothing else through, and a test holds every module's
/// anonymous routes against this list.
/// </summary>
public static class OpenDoors
{
    /// <summary>Method and canonical path.</summary>
    public static readonly FrozenSet<string> All = FrozenSet.ToFrozenSet(
    [
        "POST /api/auth/register",
        "POST /api/auth/login",
        "POST /api/auth/refresh",
        "POST /api/auth/password/forgot",
        "POST /api/auth/password/reset",
        "GET /api/bookings/calendars/{token}.ics",
        "POST /api/payments/webhook/stripe",
        "GET /api/analytics/health",
        "GET /healthz/live",
        "GET /healthz/ready",
        "GET /openapi/{document}.json",
        "GET /swagger/{**path}",
    ], StringComparer.OrdinalIgnoreCase);
}
