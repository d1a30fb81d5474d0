using System.ComponentModel.DataAnnotations;

namespace Portico.Notifications.Mails;

/// <summary>
/// The server that takes mails: <c>{"Modules": {"Notifications": {"Smtp": {"Host": "mail.space.example", "Port": 587, "StartTls": true}}}}</c>.
/// Without a Host mails are kept as files in the data folder's <c>mail</c>.
/// </summary>
internal sealed class SmtpOptions : IValidatableObject
{
    public const string Section = "Modules:Notifications:Smtp";

    /// <summary>Its name or address.</summary>
    [RegularExpression(@"[A-Za-z0-9.:\-]{1,255}")]
    public string? Host { get; init; }

    /// <summary>Where it listens.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    /// <summary>Whether nothing is sent but under TLS. Off for a server on the same machine only.</summary>
    public bool StartTls { get; init; } = true;

    /// <summary>Who we are there; null where it does not ask.</summary>
    [RegularExpression(@"\S{1,255}")]
    public string? UserName { get; init; }

    /// <summary>From the environment.</summary>
    [RegularExpression(@"\S.{0,1000}")]
    public string? Password { get; init; }

    /// <summary>How long one mail may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        (UserName is null) != (Password is null) ? [new("UserName and Password go together.", [nameof(UserName)])] : [];
}
