using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;

namespace Portico.Bookings;

/// <summary>How long bookings wait: <c>{"Modules": {"Bookings": {"HoldFor": "00:15:00", "PayWithin": "00:30:00"}}}</c>.</summary>
internal sealed class BookingsOptions : IValidatableObject
{
    public const string Section = "Modules:Bookings";

    /// <summary>How long a slot is held for whoever asked for it. It can be extended once by the same time.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a confirmed hold waits for its payment.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "7.00:00:00")]
    public TimeSpan PayWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a request waits for a manager's word; at the latest it lapses when the booking would begin.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "31.00:00:00")]
    public TimeSpan ApproveWithin { get; init; } = TimeSpan.FromDays(2);

    /// <summary>How long a slot is kept for the next one on the waiting list.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "7.00:00:00")]
    public TimeSpan OfferFor { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long before a booking begins one may check in to it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CheckInEarly { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long before a booking begins its owner is reminded.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan RemindBefore { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Where people reach Portico, such as <c>https://portico.example.com</c>: the beginning of addresses that are used outside
    /// of it, by calendar programs. Without one such addresses are paths.
    /// </summary>
    [RegularExpression("https?://[^/?#\\s]+")]
    public string? PublicAddress { get; init; }

    /// <summary>
    /// An Npgsql connection string of a role that may read the view <c>account_directory</c> in Auth's database, and nothing else.
    /// None: the nightly comparison with Auth is off, and a message lost for good stays lost. From the environment or a file.
    /// </summary>
    public string? AccountDirectory { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        AccountDirectory is { Length: > 0 } text && ConnectionStrings.Problem(text) is { } problem
            ? [new ValidationResult(problem, [nameof(AccountDirectory)])]
            : [];
}
