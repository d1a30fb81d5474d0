using System.ComponentModel.DataAnnotations;

namespace Portico.Payments;

/// <summary>
/// When memberships are reminded of and suspended: <c>{"Modules": {"Payments": {"Memberships": {"RemindAfterDays": [3, 7], "SuspendAfterDays": 14}}}}</c>.
/// </summary>
internal sealed class MembershipOptions : IValidatableObject
{
    public const string Section = "Modules:Payments:Memberships";

    private static readonly int[] ThreeAndSeven = [3, 7];

    /// <summary>How many days after it was charged somebody is reminded of what is not paid; 3 and 7 when left out.</summary>
    public int[]? RemindAfterDays { get; init; }

    /// <summary>How many days after it was charged a membership is suspended that was not paid. No earlier than the last reminder.</summary>
    [Range(1, 365)]
    public int SuspendAfterDays { get; init; } = 14;

    /// <summary>How many months a membership may rest at a time; 0 where none may.</summary>
    [Range(0, 24)]
    public int PauseMonths { get; init; } = 3;

    internal int[] Reminders => RemindAfterDays ?? ThreeAndSeven;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Reminders.Any(days => days < 1) || !Reminders.SequenceEqual(Reminders.Distinct().Order()))
        {
            yield return new("Reminders come after 1 day or more, each later than the one before.", [nameof(RemindAfterDays)]);
        }

        if (Reminders.Any(days => days > SuspendAfterDays))
        {
            yield return new("Nobody is suspended before the last reminder.", [nameof(SuspendAfterDays)]);
        }
    }
}
