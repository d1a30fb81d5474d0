using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>
/// A fact as a Kafka message: CloudEvents 1.0, binary mode, so that the value is the fact's JSON and nothing else. Structured
/// mode, where the attributes are in the value, is for brokers that keep no headers.
/// </summary>
internal static class KafkaMessage
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Message<string, byte[]> Write(EventEnvelope fact, bool structured)
    {
        var message = new Message<string, byte[]> { Key = fact.Key.ToString(), Headers = [] };
        message.Headers.Add("content-type", Encoding.UTF8.GetBytes(structured ? "application/cloudevents+json" : "application/json"));
        if (structured)
        {
            var whole = Attributes(fact).ToDictionary(attribute => attribute.Name, attribute => (object)attribute.Value);
            whole["datacontenttype"] = "application/json";
            whole["data"] = JsonSerializer.Deserialize<JsonElement>(fact.Payload);
            message.Value = JsonSerializer.SerializeToUtf8Bytes(whole, Json);
            return message;
        }

        message.Value = Encoding.UTF8.GetBytes(fact.Payload);
        foreach (var (name, value) in Attributes(fact))
        {
            message.Headers.Add($"ce_{name}", Encoding.UTF8.GetBytes(value));
        }

        if (fact.TraceParent is not null)
        {
            // Under the name too that tracing programs look for.
            message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(fact.TraceParent));
        }

        return message;
    }

    /// <exception cref="MalformedFactException">It is no fact.</exception>
    public static EventEnvelope Read(ConsumeResult<string, byte[]> record, string stream)
    {
        if (record.Message.Value is not { } value)
        {
            throw new MalformedFactException("It has no value.", null);
        }

        if (record.Message.Headers?.TryGetLastBytes("ce_id", out _) is true)
        {
            return Envelope(Header, Encoding.UTF8.GetString(value), stream);
        }

        try
        {
            using var document = JsonDocument.Parse(value);
            return document.RootElement is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty("data", out var data)
                ? Envelope(name => whole.TryGetProperty(name, out var attribute) ? attribute.GetString() : null, data.GetRawText(), stream)
                : throw new MalformedFactException("It has no CloudEvents attributes.", null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new MalformedFactException($"It has no CloudEvents attributes, and its value is not what it should be: {e.Message}", e);
        }

        string? Header(string name) => record.Message.Headers.TryGetLastBytes($"ce_{name}", out var bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }

    /// <summary>Null where it is no fact.</summary>
    public static EventEnvelope? TryRead(ConsumeResult<string, byte[]> record, string stream)
    {
        try
        {
            return Read(record, stream);
        }
        catch (MalformedFactException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Name, string Value)> Attributes(EventEnvelope fact)
    {
        yield return ("specversion", "1.0");
        yield return ("id", fact.Id.ToString());
        yield return ("type", fact.Type);
        yield return ("source", fact.Source);
        yield return ("time", fact.OccurredAt.ToString("O", CultureInfo.InvariantCulture));
        yield return ("partitionkey", fact.Key.ToString());
        if (fact.TraceParent is not null)
        {
            yield return ("traceparent", fact.TraceParent);
        }

        if (fact.Actor is { } actor)
        {
            yield return ("actor", actor.ToString());
        }

        if (fact.Origin is not null)
        {
            yield return ("origin", fact.Origin);
        }
    }

    private static EventEnvelope Envelope(Func<string, string?> attribute, string payload, string stream) =>
        Guid.TryParse(attribute("id"), out var id) && Guid.TryParse(attribute("partitionkey"), out var key)
        && DateTimeOffset.TryParse(attribute("time"), CultureInfo.InvariantCulture, DateTimeStyles.None, out var occurredAt)
        && attribute("type") is { Length: > 0 } type
            ? new(id, type, stream, key, attribute("source") ?? "", occurredAt, attribute("traceparent"), payload,
                Guid.TryParse(attribute("actor"), out var actor) ? actor : null, attribute("origin"))
            : throw new MalformedFactException("A CloudEvents attribute is missing or malformed.", null);
}
