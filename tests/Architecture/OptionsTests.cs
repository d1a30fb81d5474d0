using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;
using Portico.Host;
using Portico.Host.Setup;
using Portico.Platform.Data;

namespace Portico.Tests.Architecture;

/// <summary>A wrong configuration stops the start and names what is wrong. Every setting is tried.</summary>
public sealed class OptionsTests
{
    /// <summary>For settings whose rule is no attribute: a value that is wrong.</summary>
    private static readonly Dictionary<string, string> Wrong = new()
    {
        ["EmbeddedPostgres:BinFolder"] = "/nowhere",
        ["EmbeddedPostgres:MaxConnections"] = "1",
        ["Gateway:Origins:0"] = "space.example",
        ["Http:TrustedProxies:0"] = "the proxy",
        ["Modules:Activity:AuditKeepMonths"] = "3",
        ["Messaging:Kafka:Library"] = "/nowhere",
        ["Messaging:Kafka:RetentionHours:users"] = "0",
        ["Messaging:Kafka:Settings:group.id"] = "x",
        ["Modules:Auth:Throttle:LongestBlock"] = "00:00:10",
        ["Modules:Bookings:AccountDirectory"] = "Hots=db",
        ["Modules:Members:AccountDirectory"] = "Hots=db",
        ["Modules:Payments:Documents:Language"] = "de",
        ["Modules:Payments:Documents:TimeZone"] = "Europe/Nowhere",
        ["Modules:Analytics:Currency"] = "euro",
        ["Modules:Notifications:From"] = "nobody",
        ["Modules:Notifications:PublicAddress"] = "space.example",
        ["Modules:Payments:MayOwe:EUR"] = "-1",
        ["Modules:Payments:Memberships:RemindAfterDays:0"] = "0",
        ["Modules:Payments:Provider"] = "paypal",
        ["Modules:auth:ConnectionString"] = "Hots=db",
        ["Modules:members:ConnectionString"] = "Database=portico_members",
        ["Schedules:Enabled"] = "perhaps",
        ["Schedules:purge-expired:Every"] = "now and then",
        ["Telemetry:OtlpEndpoint"] = "collector:4318",
        ["Telemetry:ScrapeNetworks:0"] = "10.0.0.0/33",
    };

    /// <summary>Settings of which every value may be meant.</summary>
    private static readonly string[] Anything = ["Tokens:KeyFolder"];

    // Whoever configures an options class registers this for it.
    private static readonly List<Type> Bound =
    [
        .. from service in BuiltApps.ServicesOf(ModuleCatalog.Everything)
           where service.ServiceType.IsGenericType && service.ServiceType.GetGenericTypeDefinition() == typeof(IConfigureOptions<>)
           let options = service.ServiceType.GetGenericArguments()[0]
           where Shapes.IsOurs(options)
           group options by options into one
           select one.Key,
    ];

    /// <summary>With a section of its own; that of <see cref="ModuleDatabaseOptions"/> is the module's name.</summary>
    private static IEnumerable<Type> WithSection => Bound.Where(type => type != typeof(ModuleDatabaseOptions));

    public static TheoryData<string, string> WrongOnes { get; } =
    [
        .. Wrong.Select(setting => (setting.Key, setting.Value)),
        .. WithSection.SelectMany(Members).Where(member => WrongFor(member) is not null).Select(member => (Key(member), WrongFor(member)!)),
    ];

    [Fact]
    public void Options_are_sealed_and_name_their_section() => Faults.AssertNone(
        "Options are sealed classes with `public const string Section`.",
        Bound.Where(type => !type.IsSealed).Select(type => $"{type.Name} is not sealed")
            .Concat(WithSection.Where(type => SectionOf(type) is null).Select(type => $"{type.Name} has no Section")));

    [Fact]
    public void Every_setting_has_a_rule() => Faults.AssertNone(
        "Give it an attribute (Range, Required, …), or a rule in Validate and a wrong value in this test.",
        WithSection.SelectMany(Members).Where(member => WrongFor(member) is null).Select(Key)
            .Where(key => !Anything.Contains(key) && !Wrong.Keys.Any(wrong => $"{wrong}:".StartsWith($"{key}:", StringComparison.Ordinal))));

    [Theory, MemberData(nameof(WrongOnes))]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string wrong)
    {
        // With databases configured, nothing of the embedded one is read.
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase);
        if (!key.StartsWith("EmbeddedPostgres", StringComparison.Ordinal))
        {
            settings = new(ModuleCatalog.NoDatabases, StringComparer.OrdinalIgnoreCase);
        }

        settings[key] = wrong;
        // What `serve` does before anything else, and `verify-config` alone.
        var setup = new ProcessSetup(ModuleCatalog.Parse(ModuleCatalog.Everything)!, "/nowhere", settings);
        var refusal = await Record.ExceptionAsync(() => ConfigurationCheck.RunAsync(setup));
        Assert.True(
            refusal is not null,
            $"\"{key}\": \"{wrong}\" is taken: add .ValidateDataAnnotations().ValidateOnStart() where the options are bound, and rules to Validate.");
        var name = key.EndsWith(":0", StringComparison.Ordinal) ? key[..^2] : key;
        Assert.True(
            refusal is ConfigurationException { Errors: [var only] } && only.Contains(name, StringComparison.OrdinalIgnoreCase),
            $"\"{key}\": \"{wrong}\" is to be the one error that is told, as {name}:\n{refusal}");
    }

    private static IEnumerable<PropertyInfo> Members(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    private static string? SectionOf(Type options) => options.GetField("Section")?.GetRawConstantValue() as string;

    private static string Key(PropertyInfo member) => $"{SectionOf(member.DeclaringType!)}:{member.Name}";

    private static string? WrongFor(PropertyInfo member) =>
        member.GetCustomAttribute<RangeAttribute>() is { } range ? Beyond(range)
        : member.IsDefined(typeof(RequiredAttribute)) || member.IsDefined(typeof(RegularExpressionAttribute)) ? " "
        : member.PropertyType == typeof(bool) ? "perhaps"
        : null;

    private static string Beyond(RangeAttribute range) => range.OperandType == typeof(TimeSpan)
        ? (TimeSpan.Parse((string)range.Maximum, CultureInfo.InvariantCulture) + TimeSpan.FromDays(1)).ToString("c")
        : (Convert.ToInt64(range.Maximum, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
}
