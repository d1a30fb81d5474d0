using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portico.Platform.Messaging;

/// <summary>Facts on their way between processes when there is no broker: CloudEvents 1.0, JSON batch format.</summary>
internal static class EventBatch
{
    public static HttpContent Write(IEnumerable<EventEnvelope> facts) => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(
        facts.Select(fact => new Event(
            "1.0", fact.Id, fact.Type, fact.Source, fact.OccurredAt, fact.Topic, fact.Key, fact.Payload, fact.TraceParent, fact.Actor, fact.Origin)),
        Json))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json") },
    };

    /// <summary>Throws <see cref="JsonException"/> where one of them is no fact.</summary>
    public static async Task<IReadOnlyList<EventEnvelope>> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var events = await JsonSerializer.DeserializeAsync<IReadOnlyList<Event?>>(body, Json, cancellationToken) ?? throw new JsonException("It is null.");
        return
        [
            .. events.Select(read => read is { Type.Length: > 0 }
                ? new EventEnvelope(read.Id, read.Type, read.Topic, read.PartitionKey, read.Source, read.Time, read.TraceParent, read.Data, read.Actor, read.Origin)
                : throw new JsonException("One has no type.")),
        ];
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private sealed record Event(
        [property: JsonPropertyName("specversion")] string SpecVersion,
        Guid Id,
        string Type,
        string Source,
        DateTimeOffset Time,
        string Topic,
        [property: JsonPropertyName("partitionkey")] Guid PartitionKey,
        [property: JsonConverter(typeof(AsItIs))] string Data,
        [property: JsonPropertyName("traceparent")] string? TraceParent = null,
        Guid? Actor = null,
        string? Origin = null);

    // What was said is handed on to the letter.
    private sealed class AsItIs : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var value = JsonDocument.ParseValue(ref reader);
            return value.RootElement.GetRawText();
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value);
    }
}

/// <summary>What became of a fact at a neighbour's.</summary>
/// <param name="Failure">Why it was not taken; null when it was.</param>
/// <param name="Passing">Whether that says nothing about the fact.</param>
internal sealed record DeliveryReport(Guid Id, string? Failure, bool Passing)
{
    public static DeliveryReport Of(Delivery tried) => new(
        tried.Fact.Id, tried.Failure is { } failure ? $"{failure.GetType().Name}: {failure.Message}" : null,
        tried.Failure is { } reason && DeliveryFailures.IsPassing(reason));
}
