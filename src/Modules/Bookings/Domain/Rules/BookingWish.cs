using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Rules;

/// <summary>What somebody asks for.</summary>
/// <param name="StartIsNew">False when a booking that may have begun keeps its start: then only its end can be wrong.</param>
internal sealed record BookingWish(Interval During, int People, bool StartIsNew = true);

/// <summary>Who asks.</summary>
/// <param name="IsStaff">Of the space's location.</param>
/// <param name="PlanId">The plan of the member whom the booking is for.</param>
/// <param name="OverrideReason">Why staff put themselves above the rules, if they do.</param>
internal sealed record Asker(bool IsStaff, Guid? PlanId, string? OverrideReason = null)
{
    public bool Overrides => IsStaff && !string.IsNullOrWhiteSpace(OverrideReason);
}
