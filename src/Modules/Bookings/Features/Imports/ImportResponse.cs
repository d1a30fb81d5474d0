namespace Portico.Bookings.Features.Imports;

/// <summary>What a file did, or would do.</summary>
/// <param name="Unchanged">Rows that say what is so already.</param>
/// <param name="DryRun">It was only looked at.</param>
public sealed record ImportResponse(int Created, int Changed, int Unchanged, bool DryRun);
