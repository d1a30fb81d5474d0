using Microsoft.AspNetCore.Http.HttpResults;

namespace Portico.Platform.Web;

/// <summary>
/// Refusals: RFC 9457 problem details with a stable <c>code</c>. Callers switch on the code, people read the detail.
/// Every code is listed in <c>docs/errors.md</c>.
/// </summary>
public static class Problems
{
    private static readonly string[] OwnNames = ["type", "title", "status", "detail", "instance", "code", "trace_id"];

    /// <summary>400: the request itself is wrong.</summary>
    public static ProblemHttpResult BadRequest(string code, string detail) => Problem(StatusCodes.Status400BadRequest, code, detail);

    /// <summary>401: nobody, or nobody we believe, is asking.</summary>
    public static ProblemHttpResult Unauthorized(string code, string detail) => Problem(StatusCodes.Status401Unauthorized, code, detail);

    /// <summary>403: known, but not allowed.</summary>
    public static ProblemHttpResult Forbidden(string code, string detail) => Problem(StatusCodes.Status403Forbidden, code, detail);

    /// <summary>404: it does not exist, or not for the caller.</summary>
    public static ProblemHttpResult NotFound(string code, string detail) => Problem(StatusCodes.Status404NotFound, code, detail);

    /// <summary>409: it cannot be done in the present state. <paramref name="more"/> tells what stands in the way.</summary>
    public static ProblemHttpResult Conflict(string code, string detail, params (string Name, object? Value)[] more) =>
        Problem(StatusCodes.Status409Conflict, code, detail, more);

    /// <summary>410: it was good once and is no more.</summary>
    public static ProblemHttpResult Gone(string code, string detail) => Problem(StatusCodes.Status410Gone, code, detail);

    /// <summary>413: the body is too large.</summary>
    public static ProblemHttpResult TooLarge(string code, string detail) => Problem(StatusCodes.Status413PayloadTooLarge, code, detail);

    /// <summary>415: the body is in another form than the one that is read.</summary>
    public static ProblemHttpResult UnsupportedType(string detail) => Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", detail);

    /// <summary>422: well-formed, but a rule of the house refuses it.</summary>
    public static ProblemHttpResult Unprocessable(string code, string detail, params (string Name, object? Value)[] more) =>
        Problem(StatusCodes.Status422UnprocessableEntity, code, detail, more);

    /// <summary>429: too often. Tells when to come back, in seconds.</summary>
    public static RetryableProblem TooMany(string code, string detail, TimeSpan retryAfter) =>
        new(Problem(StatusCodes.Status429TooManyRequests, code, detail), retryAfter);

    /// <summary>503: not now, and nobody's fault. Tells when to come back, one second unless said otherwise.</summary>
    public static RetryableProblem Unavailable(string code, string detail, TimeSpan? retryAfter = null) =>
        new(Problem(StatusCodes.Status503ServiceUnavailable, code, detail), retryAfter ?? TimeSpan.FromSeconds(1));

    /// <summary>502: a module cannot be reached, or spoke nonsense.</summary>
    public static ProblemHttpResult BadGateway(string code, string detail) => Problem(StatusCodes.Status502BadGateway, code, detail);

    /// <summary>504: a module took too long.</summary>
    public static ProblemHttpResult GatewayTimeout(string code, string detail) => Problem(StatusCodes.Status504GatewayTimeout, code, detail);

    /// <summary>400 with the fields that are wrong, by their JSON names.</summary>
    public static ProblemHttpResult Invalid(string field, string message) =>
        Problem(StatusCodes.Status400BadRequest, "invalid", "Some fields are not acceptable.", ("errors", new Dictionary<string, string[]> { [field] = [message] }));

    internal static ProblemHttpResult Problem(int status, string code, string detail, params (string Name, object? Value)[] more)
    {
        Dictionary<string, object?> extensions = new() { ["code"] = code };
        foreach (var (name, value) in more)
        {
            if (OwnNames.Contains(name))
            {
                throw new ArgumentException($"Every problem has its own {name}: it would be there twice.", nameof(more));
            }

            extensions[name] = value;
        }

        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }
}
