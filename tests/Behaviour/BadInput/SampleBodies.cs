using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portico.Tests.Behaviour.BadInput;

/// <summary>A member of a request as its type declares it.</summary>
internal sealed record BodyField(string Name, Type Type, bool IsRequired, PropertyInfo Property)
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static IReadOnlyList<BodyField> Of(Type request) =>
    [
        .. from property in request.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.GetIndexParameters().Length == 0
           select new BodyField(
               JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
               Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
               property.IsDefined(typeof(RequiredAttribute)),
               property),
    ];

    /// <summary>Neither null nor left out.</summary>
    public bool RefusesNull
    {
        get
        {
            lock (Nullability)
            {
                return IsRequired || (Nullable.GetUnderlyingType(Property.PropertyType) is null && Nullability.Create(Property).WriteState is not NullabilityState.Nullable);
            }
        }
    }

    /// <summary>What a list holds; null when it is none.</summary>
    public Type? ItemType =>
        Type == typeof(string) ? null
        : Type.IsArray ? Type.GetElementType()
        : Type.GetInterfaces().Append(Type).FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
}

/// <summary>
/// Makes the body an honest caller would send out of nothing but the request's type, so that no request has to be listed.
/// <paramref name="known"/> are ids that exist, by what their field is called.
/// </summary>
internal sealed class SampleBodies(IReadOnlyDictionary<string, Guid> known, DateTimeOffset now)
{
    private int made;

    public JsonObject Of(Type request) =>
        new(BodyField.Of(request).Select(field => KeyValuePair.Create(field.Name, Value(field.Name, field.Type, field.Property))));

    private JsonNode? Value(string name, Type type, PropertyInfo property) => type switch
    {
        _ when type == typeof(string) => Text(name, property),
        _ when type == typeof(bool) => false,
        _ when type == typeof(Guid) => known.TryGetValue(name, out var id) ? id : Guid.CreateVersion7(),
        _ when type == typeof(DateTimeOffset) => now.AddDays(1).AddHours(name.StartsWith("end", StringComparison.Ordinal) ? 1 : 0),
        _ when type == typeof(DateOnly) => "2026-06-01",
        _ when type == typeof(TimeOnly) => "12:00:00",
        _ when type.IsEnum => JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetNames(type)[0]),
        _ when IsNumber(type) => Number(property),
        _ when new BodyField(name, type, false, property).ItemType is { } item => new JsonArray(Value(name.TrimEnd('s'), item, property)),
        _ => Of(type),
    };

    public static bool IsNumber(Type type) =>
        type.IsPrimitive && type != typeof(bool) && type != typeof(char) || type == typeof(decimal);

    private static int Number(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { Minimum: IConvertible least }
            ? (int)Math.Ceiling(decimal.Parse(least.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
            : 1;

    private string Text(string name, PropertyInfo property)
    {
        var number = Interlocked.Increment(ref made);
        return property.GetCustomAttribute<AllowedValuesAttribute>()?.Values[0] as string ?? name switch
        {
            "username" => $"sample-{number}",
            "email" => $"sample-{number}@example.org",
            "time_zone" => "Europe/Rome",
            "closes_at" => "21:00",
            "opens" or "from" => "08:00",
            "closes" or "to" => "20:00",
            "currency" => "EUR",
            "language" => "it",
            _ when name.EndsWith("password", StringComparison.Ordinal) => AccountSteps.GoodPassword,
            _ => $"Sample {number}",
        };
    }
}
