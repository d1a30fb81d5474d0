using System.Diagnostics;
using System.Text.Json;

namespace Portico.Platform.Web;

/// <summary>What every problem has in common: a code, a trace id, and field errors under their JSON names.</summary>
internal static class ProblemShape
{
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["trace_id"] = Activity.Current?.TraceId.ToHexString() ?? context.HttpContext.TraceIdentifier;
        problem.Extensions.Remove("traceId");
        if (problem is HttpValidationProblemDetails invalid)
        {
            invalid.Title = "Bad Request";
            invalid.Detail = "Some fields are not acceptable.";
            invalid.Errors = invalid.Errors.ToDictionary(error => JsonName(error.Key), error => error.Value);
            problem.Extensions.TryAdd("code", "invalid");
        }

        problem.Extensions.TryAdd("code", CodeOf(problem.Status));
    }

    // `Periods[0].StartsAt` is `periods[0].starts_at` to the caller.
    private static string JsonName(string name) =>
        string.Join('.', name.Split('.').Select(part => JsonNamingPolicy.SnakeCaseLower.ConvertName(part)));

    private static string CodeOf(int? status) => status switch
    {
        StatusCodes.Status400BadRequest => "malformed-request",
        StatusCodes.Status401Unauthorized => "not-signed-in",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status413PayloadTooLarge => "body-too-large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
        StatusCodes.Status502BadGateway => "bad-gateway",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        StatusCodes.Status504GatewayTimeout => "gateway-timeout",
        _ => "refused",
    };
}
