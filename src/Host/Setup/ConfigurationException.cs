namespace Portico.Host.Setup;

/// <summary>The configuration has these errors, each naming its key.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> errors) : OperatorException(
    $"The configuration has {(errors.Count == 1 ? "an error" : $"{errors.Count} errors")}:{string.Concat(errors.Select(error => $"\n  {error}"))}")
{
    public IReadOnlyList<string> Errors => errors;
}

/// <summary>One setting cannot be read.</summary>
internal sealed class WrongSettingException(string key, string problem) : OperatorException($"{key}: {problem}")
{
    public string Key => key;
}
