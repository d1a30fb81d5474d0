namespace Portico.Gateway.Guards;

/// <summary>
/// The paths the seeds document, each answering as its canonical one does. Longer prefixes come first. <c>docs/api.md</c>
/// has the same table, and a test walks it.
/// </summary>
internal static class Aliases
{
    public static readonly IReadOnlyList<(string Alias, string Canonical)> All =
    [
        ("/admin/users", "/api/auth/admin/users"),
        ("/admin/auth-logs", "/api/auth/admin/auth-logs"),
        ("/admin/events", "/api/members/events"),
        ("/admin/attendance", "/api/members/attendance"),
        ("/admin/members", "/api/members/directory"),
        ("/admin/jobs", "/api/bookings/admin/jobs"),
        ("/scadenze", "/api/bookings/expiries"),
        ("/auth", "/api/auth"),
        ("/user", "/api/members"),
        ("/qr", "/api/members/qr"),
        ("/attendance", "/api/members/attendance"),
        ("/bookings", "/api/bookings"),
        ("/payment", "/api/payments"),
        ("/webhook", "/api/payments/webhook"),
        ("/api/social", "/api/activity/social"),
        ("/analytics", "/api/analytics"),
    ];

    public static void UseAliases(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var path = context.Request.Path;
        foreach (var (alias, canonical) in All)
        {
            if (path.StartsWithSegments(alias, StringComparison.OrdinalIgnoreCase, out var rest))
            {
                context.Request.Path = canonical + rest;
                break;
            }
        }

        return next(context);
    });
}
