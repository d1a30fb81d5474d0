using System.ComponentModel.DataAnnotations;
using System.Net.Mail;

namespace Portico.Notifications;

/// <summary>
/// What members are told and how: <c>{"Modules": {"Notifications": {"From": "Portico &lt;desk@space.example&gt;", "PublicAddress": "https://space.example"}}}</c>.
/// </summary>
internal sealed class NotificationsOptions : IValidatableObject
{
    public const string Section = "Modules:Notifications";

    /// <summary>Who mails come from.</summary>
    public string From { get; init; } = "Portico <portico@localhost>";

    /// <summary>Where members find Portico: what links in mails begin with.</summary>
    public string PublicAddress { get; init; } = "http://localhost:3000";

    /// <summary>The language of those who have not chosen one: <c>en</c> or <c>it</c>.</summary>
    [RegularExpression("en|it")]
    public string Language { get; init; } = "en";

    /// <summary>How long before a hold lapses its member is told.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan TellBeforeExpiry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many deliveries of one channel a process does at once.</summary>
    [Range(1, 32)]
    public int AtOnce { get; init; } = 4;

    /// <summary>After so many failures a delivery is given up, until an administrator has it sent again.</summary>
    [Range(1, 30)]
    public int Attempts { get; init; } = 13;

    /// <summary>How long after the first failure it is tried again. Every further wait is twice as long, six hours at most.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For how many days it is kept what was delivered and told.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; init; } = 365;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!MailAddress.TryCreate(From, out _))
        {
            yield return new($"\"{From}\" is not an address such as Portico <desk@space.example>.", [nameof(From)]);
        }

        if (!Uri.TryCreate(PublicAddress, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return new($"\"{PublicAddress}\" is not an address such as https://space.example.", [nameof(PublicAddress)]);
        }
    }
}
