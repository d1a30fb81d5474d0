using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Members.Domain.Codes;
using Portico.Platform.Data;
using Portico.Platform.Pictures;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Events;

/// <summary>An event's code as text.</summary>
/// <param name="ChangesAt">When a screen has to show another one; null on paper.</param>
/// <param name="ValidUntil">From then on a scan of it is refused.</param>
public sealed record EventCodeResponse(string Code, DateTimeOffset? ChangesAt, DateTimeOffset ValidUntil);

internal static class ShowEventQr
{
    public static async Task<Results<Ok<EventCodeResponse>, CodePicture, ProblemHttpResult>> Handle(
        Guid id,
        [AllowedValues(null, "screen", "paper")] string? kind,
        [AllowedValues(null, "svg", "png", "text")] string? format,
        HttpResponse response, Database<MembersModule> database, CurrentUser user, SignedCode codes, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await database.FindRunEventAsync(id, user, cancellationToken) is not { } row)
        {
            return EventProblems.NotFound();
        }

        var now = time.GetUtcNow();
        if (EventProblems.RefusalOf(row) is { } refusal)
        {
            return refusal;
        }

        if (now >= row.CheckInClosesAt)
        {
            return Problems.Conflict("check-in-closed", "The event's check-in is over.", ("closed_at", row.CheckInClosesAt));
        }

        var shown = kind == "paper" ? OnPaper(codes, row) : OnScreen(codes, row, now);
        CodePicture.Prepare(response, shown.ChangesAt);
        return format == "text" ? TypedResults.Ok(shown) : new CodePicture(shown.Code, format);
    }

    private static EventCodeResponse OnPaper(SignedCode codes, EventRow row) =>
        new(codes.Write(EventCode.OnPaper(row.Id)), null, row.CheckInClosesAt);

    private static EventCodeResponse OnScreen(SignedCode codes, EventRow row, DateTimeOffset now)
    {
        var code = EventCode.OnScreen(row.Id, now);
        return new(codes.Write(code), CodeSteps.EndOf(code.Step), CodeSteps.EndOf(code.Step + 1));
    }
}
