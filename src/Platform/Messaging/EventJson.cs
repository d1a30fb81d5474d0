using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portico.Contracts;

namespace Portico.Platform.Messaging;

/// <summary>How facts are written on the wire: snake_case, like everything Portico says.</summary>
public static class EventJson
{
    /// <summary>Unknown members are ignored when read, so that an owner may add some.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutKey } },
    };

    // The key repeats an id that the fact already carries under its own name.
    private static void LeaveOutKey(JsonTypeInfo type)
    {
        if (typeof(IIntegrationEvent).IsAssignableFrom(type.Type)
            && type.Properties.FirstOrDefault(property => property.Name == "key") is { } key)
        {
            type.Properties.Remove(key);
        }
    }
}
