using System.Text.Json;
using Confluent.Kafka;
using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace Portico.Host.Verbs;

/// <summary>Tells what the world did to us from our own mistakes: only these are worth a stack trace.</summary>
internal static class Failures
{
    /// <summary>The failure in words for the operator, or null when it is a bug.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        OperatorException e => e.Message,
        IOException { InnerException: AddressInUseException } e => e.Message,
        // It tells what it would need to answer on an address: a certificate for https, for instance.
        InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } e => e.Message,
        KafkaException e => $"Kafka cannot be used: {e.Message}",
        NpgsqlException e => $"A database cannot be used: {e.Message}",
        HttpRequestException e => e.Message,
        JsonException or InvalidDataException or IOException or UnauthorizedAccessException => exception.Message,
        _ => null,
    };
}
