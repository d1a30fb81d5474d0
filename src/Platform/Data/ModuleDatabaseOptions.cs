using System.ComponentModel.DataAnnotations;

namespace Portico.Platform.Data;

/// <summary>
/// Where a module keeps its data: <c>{"Modules": {"auth": {"ConnectionString": "Host=db;Database=portico_auth;…"}}}</c>.
/// With none configured for any hosted module, the host starts its own PostgreSQL and fills this in.
/// </summary>
public sealed class ModuleDatabaseOptions : IValidatableObject
{
    /// <summary>An Npgsql connection string. From the environment or a file, never from the repository.</summary>
    [Required]
    public string ConnectionString { get; init; } = "";

    /// <summary>
    /// As whom migrations run, when that is not the application: what they make is then its owner's, and the application may do
    /// with it what they grant. Needed by <c>portico migrate</c> and <c>serve --migrate</c> only.
    /// </summary>
    public string? OwnerConnectionString { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from setting in ((string Name, string? Text)[])[(nameof(ConnectionString), ConnectionString), (nameof(OwnerConnectionString), OwnerConnectionString)]
        where setting.Text is not null
        let problem = ConnectionStrings.Problem(setting.Text)
        where problem is not null
        select new ValidationResult(problem, [setting.Name]);
}
