using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Portico.Contracts.Auth;
using Portico.Members.Domain.Codes;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Pass;

/// <summary>A member's pass as text.</summary>
/// <param name="ChangesAt">When the screen has to show another one.</param>
/// <param name="ValidUntil">From then on a scan of it is refused.</param>
public sealed record PassResponse(string Code, DateTimeOffset ChangesAt, DateTimeOffset ValidUntil);

internal static class ShowPass
{
    /// <summary>Says with a picture when the screen has to ask again.</summary>
    public const string ChangesAtHeader = "Code-Changes-At";

    public static Results<Ok<PassResponse>, ContentHttpResult, FileContentHttpResult, ProblemHttpResult> Handle(
        [AllowedValues(null, "svg", "png", "text")] string? format, HttpResponse response, CurrentUser user, SignedCode codes, TimeProvider time)
    {
        if (user.Role == Roles.Kiosk)
        {
            return Problems.Forbidden("no-pass", "A device has no pass.");
        }

        var step = CodeSteps.Of(time.GetUtcNow());
        var pass = new PassResponse(codes.Write(new(CodeKind.Pass, user.Id, step)), CodeSteps.EndOf(step), CodeSteps.EndOf(step + 1));
        // Whoever holds the code opens the door: it belongs in no cache.
        response.Headers.CacheControl = "no-store";
        response.Headers[ChangesAtHeader] = pass.ChangesAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return format switch
        {
            "text" => TypedResults.Ok(pass),
            "png" => TypedResults.Bytes(QrImage.Png(pass.Code), "image/png"),
            _ => TypedResults.Content(QrImage.Svg(pass.Code), "image/svg+xml"),
        };
    }
}
