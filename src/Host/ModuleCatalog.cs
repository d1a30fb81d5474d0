using Portico.Activity;
using Portico.Analytics;
using Portico.Auth;
using Portico.Bookings;
using Portico.Gateway;
using Portico.Members;
using Portico.Notifications;
using Portico.Payments;
using Portico.Platform.Modules;

namespace Portico.Host;

/// <summary>Every module there is. The list is the architecture: nothing is found by scanning.</summary>
public static class ModuleCatalog
{
    /// <summary>The target that hosts everything in one process.</summary>
    public const string Everything = "all";

    /// <summary>The modules in the order they start, with the port each has when served alone.</summary>
    public static readonly IReadOnlyList<(string Name, int Port)> Targets =
    [
        ("gateway", 3000),
        ("auth", 3001),
        ("members", 3002),
        ("activity", 3003),
        ("bookings", 3005),
        ("payments", 3006),
        ("analytics", 3007),
        ("notifications", 3008),
    ];

    /// <summary>Names of the modules that have an API of their own: all but the door in front of them.</summary>
    public static readonly IReadOnlyList<string> WithApi = [.. Targets.Select(module => module.Name).Where(name => name != "gateway")];

    /// <summary>Names of the modules that keep data.</summary>
    public static readonly IReadOnlyList<string> WithDatabase = ["auth", "members", "activity", "bookings", "payments", "analytics", "notifications"];

    /// <summary>Names of the modules whose schema belongs to somebody else than the application: what they may do in it is granted.</summary>
    public static readonly IReadOnlyList<string> WithOwner = ["activity"];

    /// <summary>Configuration that passes for databases where the application is built but never asks them.</summary>
    public static IReadOnlyDictionary<string, string?> NoDatabases { get; } =
        WithDatabase.ToDictionary(module => $"Modules:{module}:ConnectionString", _ => (string?)"Host=localhost");

    /// <summary>The hosted modules of a deployment.</summary>
    public static IReadOnlyList<IModule> Create(Deployment deployment) =>
        [.. deployment.Hosted.Select(name => Create(name, deployment))];

    private static IModule Create(string name, Deployment deployment) => name switch
    {
        "gateway" => new GatewayModule(deployment),
        "auth" => new AuthModule(),
        "members" => new MembersModule(),
        "activity" => new ActivityModule(),
        "bookings" => new BookingsModule(),
        "payments" => new PaymentsModule(deployment),
        "analytics" => new AnalyticsModule(deployment),
        "notifications" => new NotificationsModule(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such module."),
    };

    /// <summary>
    /// The modules a target names (<c>all</c>, <c>auth</c>, <c>auth,members</c>), or null when a name is unknown.
    /// </summary>
    public static IReadOnlyList<string>? Parse(string target)
    {
        var known = Targets.Select(module => module.Name).ToList();
        if (target == Everything)
        {
            return known;
        }

        var asked = target.Split(',', StringSplitOptions.TrimEntries);
        return asked.All(known.Contains) ? [.. known.Where(asked.Contains)] : null;
    }

    /// <summary>The port of a process that hosts these modules when nothing else is said.</summary>
    public static int PortOf(IReadOnlyList<string> hosted) => Targets.First(module => hosted.Contains(module.Name)).Port;
}
