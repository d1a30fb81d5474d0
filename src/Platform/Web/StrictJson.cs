using System.Buffers;
using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Encodings.Web;

namespace Portico.Platform.Web;

/// <summary>
/// The JSON Portico speaks: snake_case, enums as words, nothing twice, nothing unknown, no null where a value belongs, no
/// control characters in text, no amount with an exponent and no instant without its offset.
/// </summary>
internal static class StrictJson
{
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.MaxDepth = 16;
        // The answers are JSON for programs, never pasted into HTML: names of people stay readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new PlainTextOnly());
        options.Converters.Add(new OffsetInstant());
        options.Converters.Add(new PlainNumber());
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(RefuseNullItems);
    }

    // RespectNullableAnnotations looks at members and not into lists.
    private static void RefuseNullItems(JsonTypeInfo type)
    {
        var lists = type.Kind is JsonTypeInfoKind.Object ? type.Properties.Where(property => property.Get is not null && HoldsObjects(property.PropertyType)).ToList() : [];
        if (lists.Count > 0)
        {
            type.OnDeserialized += read =>
            {
                foreach (var list in lists)
                {
                    if (list.Get!(read) is IEnumerable items && items.Cast<object?>().Contains(null))
                    {
                        throw new JsonException(null, $"$.{list.Name}", null, null);
                    }
                }
            };
        }
    }

    private static bool HoldsObjects(Type type) =>
        type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable))
        && type.GetInterfaces().Append(type).Any(shape =>
            shape.IsGenericType && shape.GetGenericTypeDefinition() == typeof(IEnumerable<>) && !shape.GetGenericArguments()[0].IsValueType);

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException();
        }
        catch (InvalidOperationException)
        {
            throw new JsonException();
        }
    }

    private sealed class PlainTextOnly : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = Text(ref reader);
            return PlainText.Is(text) ? text : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }

    /// <summary>Digits and a point: what is written with an exponent is not how anybody writes an amount.</summary>
    private sealed class PlainNumber : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
            return reader.TokenType is JsonTokenType.Number && !text.ContainsAny((byte)'e', (byte)'E') && reader.TryGetDecimal(out var number)
                ? number
                : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }

    private sealed class OffsetInstant : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Instants.TryRead(Text(ref reader), out var instant) ? instant : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
