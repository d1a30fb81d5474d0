using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Portico.Platform.Data;

namespace Portico.Platform.Web;

/// <summary>Turns what went wrong under a request into an answer. What only we can mend says nothing but a trace id.</summary>
internal sealed class FailureAnswers(ILogger<FailureAnswers> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested && exception is OperationCanceledException)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await Answer(exception).ExecuteAsync(httpContext);
        return true;
    }

    private IResult Answer(Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problems.Problem(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The request body is larger than is accepted here.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                return Problems.Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Send application/json.");
            case BadHttpRequestException { InnerException: JsonException json }:
                return Problems.Problem(
                    StatusCodes.Status400BadRequest, "malformed-json", "The body is not the JSON expected here.", ("path", json.Path ?? "$"), ("line", json.LineNumber + 1));
            case BadHttpRequestException { StatusCode: >= 400 and < 500 } bad:
                return Problems.Problem(bad.StatusCode, "malformed-request", "A parameter, header or body could not be read.");
            case not null when DatabaseFailures.IsLostRace(exception):
                // Locks have a fixed order, so this is a mistake of ours as well: whoever reads the log wants to know where.
                logger.RaceIsLost(exception);
                return Problems.Unavailable("concurrent-changes", "Others were changing the same data at that moment, so this change was given up. Try again.");
            case not null when DatabaseFailures.IsUnavailable(exception):
                logger.DatabaseIsAway(exception.Message);
                // A commit may have reached the server although its answer did not reach us.
                return Problems.Unavailable(
                    "database-unavailable",
                    "The data is out of reach for the moment. Try again; if this was to change something, look first whether it did, unless it came with an Idempotency-Key.");
            case HttpRequestException or OperationCanceledException { InnerException: TimeoutException }:
                logger.NeighbourIsAway(exception.Message);
                return Problems.Unavailable("neighbour-unavailable", "A part of the platform does not answer for the moment. Try again.");
            default:
                logger.RequestFailed(exception!);
                return Problems.Problem(StatusCodes.Status500InternalServerError, "internal-error", "Something went wrong on our side.");
        }
    }
}

internal static partial class FailureLog
{
    [LoggerMessage(LogLevel.Error, "A request failed")]
    public static partial void RequestFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "A change was given up for others that ran at the same time")]
    public static partial void RaceIsLost(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The database is away: {Reason}")]
    public static partial void DatabaseIsAway(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "A neighbour is away: {Reason}")]
    public static partial void NeighbourIsAway(this ILogger logger, string reason);
}
