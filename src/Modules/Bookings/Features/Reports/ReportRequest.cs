namespace Portico.Bookings.Features.Reports;

/// <summary>Which days, and where, as callers say it.</summary>
/// <param name="From">The first day, such as <c>2026-11-01</c>.</param>
/// <param name="To">The last day, at most 366 with the first.</param>
/// <param name="LocationId">One location; without it all that the caller runs.</param>
internal sealed record ReportRequest(string? From, string? To, Guid? LocationId);
