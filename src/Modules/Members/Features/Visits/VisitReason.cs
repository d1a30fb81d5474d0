namespace Portico.Members.Features.Visits;

/// <summary>What is done by hand says why.</summary>
internal static class VisitReason
{
    public const string Pattern = @"(?s).*\S.*";
    public const string Needed = "A reason is needed.";
}
