using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portico.Bookings.Features.Live;

/// <summary>Server-Sent Events as they go over the wire.</summary>
internal static class StreamText
{
    public const string ContentType = "text/event-stream";

    /// <summary>Says that the stream lives: readers pass over it.</summary>
    public static readonly byte[] Heartbeat = ":\n\n"u8.ToArray();

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <param name="id">What the reader will say it has heard of, should it have to come again.</param>
    public static byte[] Event<TData>(string name, long id, TData data) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {name}\ndata: {JsonSerializer.Serialize(data, Json)}\n\n"));

    /// <summary>An event that is not to be heard again.</summary>
    public static byte[] Event<TData>(string name, TData data) => Encoding.UTF8.GetBytes($"event: {name}\ndata: {JsonSerializer.Serialize(data, Json)}\n\n");

    /// <summary>How long to wait before coming again.</summary>
    public static byte[] Retry(TimeSpan after) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {(int)after.TotalMilliseconds}\n\n"));
}
