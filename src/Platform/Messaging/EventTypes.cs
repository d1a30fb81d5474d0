using System.Reflection;
using Portico.Contracts;

namespace Portico.Platform.Messaging;

/// <summary>Every type of fact there is: those of Contracts.</summary>
public static class EventTypes
{
    /// <summary>By topic and wire name.</summary>
    public static IReadOnlyList<(string Topic, string Type, Type Shape)> All { get; } =
    [
        .. from shape in typeof(IIntegrationEvent).Assembly.GetTypes()
           where shape is { IsAbstract: false } && shape.IsAssignableTo(typeof(IIntegrationEvent))
           let topic = Said(shape, nameof(IIntegrationEvent.Topic))
           let type = Said(shape, nameof(IIntegrationEvent.Type))
           orderby topic, type
           select (topic, type, shape),
    ];

    /// <summary>Names of the streams.</summary>
    public static IReadOnlyList<string> Topics { get; } = [.. All.Select(fact => fact.Topic).Distinct()];

    private static string Said(Type shape, string property) =>
        (string)shape.GetProperty(property, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
}
