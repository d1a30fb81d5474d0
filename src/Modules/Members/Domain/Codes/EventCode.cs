namespace Portico.Members.Domain.Codes;

/// <summary>Which codes an event's scan accepts. Whether the event takes scans now is the event's to say.</summary>
internal static class EventCode
{
    public static Code OnScreen(Guid eventId, DateTimeOffset now) => new(CodeKind.EventOnScreen, eventId, CodeSteps.Of(now));

    public static Code OnPaper(Guid eventId) => new(CodeKind.EventOnPaper, eventId, 0);

    /// <summary>Why the code is not accepted, as a problem's code; null when it is.</summary>
    public static string? Refuse(Code? code, DateTimeOffset at) => code switch
    {
        { Kind: CodeKind.EventOnPaper } => null,
        { Kind: CodeKind.EventOnScreen, Step: var step } => CodeSteps.IsGood(step, at) ? null : "code-expired",
        _ => "code-invalid",
    };
}
