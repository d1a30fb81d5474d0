using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Portico.Contracts;
using Portico.Platform.Messaging;

namespace Portico.Host.Documents;

/// <summary><c>docs/events.md</c>: every fact there is, as Contracts declare it.</summary>
internal sealed class EventDocument
{
    private const string Introduction =
        """
        # Facts

        Written by `portico events document docs/events.md` from what stands in `src/Contracts`; a test compares.

        A module tells what became true in one of these topics. The key is the owner's id: what has the same key is heard in the order in which it was committed. The value is the JSON below, in UTF-8. Members may be added to it, none is taken away: read past those you do not know. Beside it travel the attributes of CloudEvents 1.0: `id` (the same when a fact is told again: know it by this), `type`, `source` (the module), `time`, `partitionkey`, and where there is one `traceparent`, `actor` (the account whose doing it is) and `origin` (its address). Over Kafka they are headers named `ce_…`; see [kafka.md](kafka.md).

        Instants are RFC 3339 in UTC, ids are UUIDs, money is a decimal number beside its currency (ISO 4217).

        """;

    private readonly Docstrings docstrings = new(typeof(IIntegrationEvent).Assembly);
    private readonly SortedDictionary<string, Type> parts = new(StringComparer.Ordinal);
    private readonly StringBuilder text = new(Introduction);

    /// <summary>The document as it ought to be.</summary>
    public static string Write()
    {
        var document = new EventDocument();
        foreach (var topic in EventTypes.Topics)
        {
            document.Line($"\n## Topic `{topic}`");
            foreach (var (_, type, shape) in EventTypes.All.Where(fact => fact.Topic == topic))
            {
                document.Line($"\n### `{type}`\n\n{document.docstrings.Of(shape)}\n\nTold by {shape.Namespace!.Split('.')[^1]}. Key: `{KeyOf(shape)}`.\n");
                document.Members(shape);
            }
        }

        document.Line("\n## Parts\n\nWhat stands in several facts, or in lists.");
        // Some stand in others: as long as there are new ones.
        for (HashSet<string> told = []; document.parts.Keys.FirstOrDefault(name => told.Add(name)) is { } next;)
        {
            document.Line($"\n### {next}\n\n{document.docstrings.Of(document.parts[next])}\n");
            document.Members(document.parts[next]);
        }

        return document.text.ToString();
    }

    // Each id gets a value of its own; the key is that of one of them.
    private static string KeyOf(Type shape)
    {
        Dictionary<Guid, string> names = [];
        var fact = (IIntegrationEvent)Filled(shape, "", names)!;
        return names[fact.Key];
    }

    private static object? Filled(Type shape, string prefix, Dictionary<Guid, string> names)
    {
        var made = RuntimeHelpers.GetUninitializedObject(shape);
        foreach (var member in EventJson.Options.GetTypeInfo(shape).Properties)
        {
            var property = (PropertyInfo)member.AttributeProvider!;
            if (property.PropertyType == typeof(Guid))
            {
                var id = Guid.CreateVersion7();
                names[id] = prefix + member.Name;
                property.SetValue(made, id);
            }
            else if (IsPart(property.PropertyType))
            {
                property.SetValue(made, Filled(property.PropertyType, $"{prefix}{member.Name}.", names));
            }
        }

        return made;
    }

    private static bool IsPart(Type type) => type.Assembly == typeof(IIntegrationEvent).Assembly && !type.IsEnum;

    private void Members(Type shape)
    {
        Line("| Member | Type | Meaning |\n| --- | --- | --- |");
        foreach (var member in EventJson.Options.GetTypeInfo(shape).Properties)
        {
            var property = (PropertyInfo)member.AttributeProvider!;
            var nullable = new NullabilityInfoContext().Create(property).ReadState is NullabilityState.Nullable;
            Line($"| `{member.Name}` | {TypeOf(property.PropertyType)}{(nullable ? " or null" : "")} | {docstrings.Of(property)} |");
        }
    }

    private string TypeOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || !type.IsAssignableTo(typeof(IEnumerable)))
        {
            return IsPart(type) ? Part(type) : Plain(type);
        }

        return $"list of {TypeOf(type.GetGenericArguments()[^1])}";
    }

    private string Part(Type type)
    {
        parts.TryAdd(type.Name, type);
        return $"[{type.Name}](#{type.Name.ToLowerInvariant()})";
    }

    private static string Plain(Type type) => type.Name switch
    {
        nameof(Guid) => "id",
        nameof(String) => "text",
        nameof(Boolean) => "true or false",
        nameof(Decimal) => "decimal",
        nameof(Int32) or nameof(Int64) => "integer",
        nameof(DateTimeOffset) => "instant",
        nameof(DateOnly) => "date",
        nameof(TimeOnly) => "time of day",
        _ => throw new NotSupportedException($"{type} has no name in the document of facts."),
    };

    private void Line(string line) => text.Append(CultureInfo.InvariantCulture, $"{line}\n");
}
