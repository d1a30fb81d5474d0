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

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ConnectionStrings.Problem(ConnectionString) is { } problem ? [new ValidationResult(problem, [nameof(ConnectionString)])] : [];
}
