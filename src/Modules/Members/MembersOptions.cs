using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;

namespace Portico.Members;

/// <summary>
/// What Members needs to know of others: <c>{"Modules": {"members": {"AccountDirectory": "Host=db;Database=portico_auth;…"}}}</c>.
/// Its own database is in <see cref="Platform.Data.ModuleDatabaseOptions"/>.
/// </summary>
internal sealed class MembersOptions : IValidatableObject
{
    public const string Section = "Modules:Members";

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
