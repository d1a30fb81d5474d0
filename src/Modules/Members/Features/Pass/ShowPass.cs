using System.ComponentModel.DataAnnotations;
using Portico.Contracts.Auth;
using Portico.Members.Domain.Codes;
using Portico.Platform.Pictures;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Pass;

/// <summary>A member's pass as text.</summary>
/// <param name="ChangesAt">When the screen has to show another one.</param>
/// <param name="ValidUntil">From then on a scan of it is refused.</param>
public sealed record PassResponse(string Code, DateTimeOffset ChangesAt, DateTimeOffset ValidUntil);

internal static class ShowPass
{
    public static Results<Ok<PassResponse>, CodePicture, ProblemHttpResult> Handle(
        [AllowedValues(null, "svg", "png", "text")] string? format, HttpResponse response, CurrentUser user, SignedCode codes, TimeProvider time)
    {
        if (user.Role == Roles.Kiosk)
        {
            return Problems.Forbidden("no-pass", "A device has no pass.");
        }

        var step = CodeSteps.Of(time.GetUtcNow());
        var pass = new PassResponse(codes.Write(new(CodeKind.Pass, user.Id, step)), CodeSteps.EndOf(step), CodeSteps.EndOf(step + 1));
        CodePicture.Prepare(response, pass.ChangesAt);
        return format == "text" ? TypedResults.Ok(pass) : new CodePicture(pass.Code, format);
    }
}
