using System.Reflection;
using System.Text.RegularExpressions;
using Portico.Host;
using Portico.Platform.Modules;

namespace Portico.Tests.Architecture;

/// <summary>What a type may be and be called. Names and sizes of files, in every language, are checked by tools/lint.</summary>
public sealed partial class TypeTests
{
    private static readonly List<Type> Ours =
    [
        .. from type in BuiltApps.Ours.SelectMany(assembly => assembly.GetTypes())
           where type.Namespace?.StartsWith("Portico", StringComparison.Ordinal) is true && !type.FullName!.Contains('<', StringComparison.Ordinal)
           select type,
    ];

    [Fact]
    public void Names_say_something() => Faults.AssertNone(
        "Helper, Manager, Util, Common, Base, Impl, Dto and Extensions say nothing of what a type is for: name it after that.",
        Ours.Where(type => Vague.IsMatch(type.Name)).Select(type => type.FullName!));

    [Fact]
    public void Classes_are_sealed() => Faults.AssertNone(
        "Write `sealed`: nothing inherits from it.",
        from type in Ours
        where type.IsClass && !type.IsSealed && !type.IsAbstract && !Ours.Exists(other => other.BaseType == type)
        select type.FullName!);

    [Fact]
    public void A_module_shows_its_door_and_what_its_routes_take_and_answer() => Faults.AssertNone(
        "Write `internal`: only the module class and the shapes of its requests and answers are public. What neighbours need goes to Contracts.",
        BuiltApps.Modules.SelectMany(module => module.GetExportedTypes()).Intersect(Ours)
            .Where(type => !type.IsAssignableTo(typeof(IModule))).Except(SeenByCallers).Select(type => type.FullName!));

    [Fact]
    public void Host_shows_what_tests_start() => Faults.AssertSame(
        "Nothing references Host but tests, and they start what production starts: everything else is internal.",
        ("Host", typeof(ModuleCatalog).Assembly.GetExportedTypes().Intersect(Ours).Select(type => type.Name)),
        ("what is needed", [nameof(ModuleCatalog), nameof(PorticoApp)]));

    private static IReadOnlySet<Type> SeenByCallers { get; } = Shapes.Of(
        from route in BuiltApps.RoutesOf(ModuleCatalog.Everything)
        let handler = route.Endpoint.Metadata.GetMetadata<MethodInfo>()
        where handler is not null
        from type in handler.GetParameters().Select(parameter => parameter.ParameterType).Append(handler.ReturnType)
        select type);

    [GeneratedRegex("^(Helper|Util|Base|Impl|Dto)[A-Z]|(Helper|Manager|Util|Utilitie|Common|Base|Impl|Dto|Extension)s?(`[0-9]+)?$")]
    private static partial Regex Vague { get; }
}
