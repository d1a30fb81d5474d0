using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Portico.Host.EmbeddedPostgres;

namespace Portico.Host.Setup;

/// <summary>Finds everything that is wrong with a configuration, without a database and without writing anything.</summary>
internal static partial class ConfigurationCheck
{
    /// <exception cref="ConfigurationException">Names every error.</exception>
    public static async Task RunAsync(ProcessSetup setup) =>
        Tell([.. setup.UsesEmbeddedServer ? EmbeddedServerErrors(setup) : [], .. await ApplicationErrorsAsync(setup)]);

    /// <summary>The same for a process that has the embedded server and no application.</summary>
    /// <exception cref="ConfigurationException">Names every error.</exception>
    public static void RunForEmbeddedServer(ProcessSetup setup) => Tell(EmbeddedServerErrors(setup));

    private static void Tell(IEnumerable<string> errors)
    {
        if (errors.Distinct().ToList() is { Count: > 0 } different)
        {
            throw new ConfigurationException(different);
        }
    }

    private static IEnumerable<string> EmbeddedServerErrors(ProcessSetup setup)
    {
        try
        {
            var options = setup.EmbeddedServer;
            List<ValidationResult> problems = [];
            Validator.TryValidateObject(options, new(options), problems, validateAllProperties: true);
            return
            [
                .. problems.Select(problem => $"{EmbeddedServerOptions.Section}:{string.Join(", ", problem.MemberNames)}: {problem.ErrorMessage}"),
                .. BinariesError(options),
            ];
        }
        catch (InvalidOperationException e) when (Conversion(e) is { } wrong)
        {
            return [wrong.Message];
        }
    }

    private static string[] BinariesError(EmbeddedServerOptions options)
    {
        try
        {
            PostgresBinaries.Find(options.BinFolder);
            return [];
        }
        catch (PostgresNotFoundException e)
        {
            return [e.Message];
        }
    }

    // The server's own limits are read before all others, and a value that cannot be converted ends the reading: what is wrong is
    // noted and taken away, and the reading starts anew.
    private static async Task<List<string>> ApplicationErrorsAsync(ProcessSetup setup)
    {
        List<string> errors = [];
        var values = Values(setup);
        while (true)
        {
            try
            {
                await using var app = setup.BuildWith(values);
                // Some read their settings when they are made.
                _ = app.Services.GetServices<IHostedService>();
                return errors;
            }
            catch (WrongSettingException wrong) when (values.Remove(wrong.Key))
            {
                errors.Add(wrong.Message);
            }
            catch (InvalidOperationException e) when (Conversion(e) is { } wrong && values.Remove(wrong.Key))
            {
                errors.Add(wrong.Message);
            }
            catch (Exception e) when (Failures(e) is { Count: > 0 } failures)
            {
                errors.AddRange(failures.SelectMany(Lines));
                if (!failures.ConvertAll(failure => SetAside(values, failure)).Contains(true))
                {
                    return errors;
                }
            }
        }
    }

    private static Dictionary<string, string?> Values(ProcessSetup setup)
    {
        var values = new Dictionary<string, string?>(
            setup.Configuration.AsEnumerable().Where(entry => entry.Value is not null), StringComparer.OrdinalIgnoreCase);
        if (setup.UsesEmbeddedServer)
        {
            foreach (var (key, value) in ModuleCatalog.NoDatabases)
            {
                values[key] = value;
            }
        }

        return values;
    }

    private static WrongSettingException? Conversion(InvalidOperationException exception) =>
        ConversionFailure.Match(exception.Message) is { Success: true } match
            ? new(match.Groups["key"].Value, $"\"{match.Groups["value"].Value}\" is not a {match.Groups["type"].Value}.")
            : null;

    private static List<OptionsValidationException> Failures(Exception exception) => exception switch
    {
        OptionsValidationException one => [one],
        AggregateException many when many.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            [.. many.InnerExceptions.Cast<OptionsValidationException>()],
        _ => [],
    };

    // What is named, or else the whole section; a database keeps a connection string that passes, or its absence would be told as well.
    private static bool SetAside(Dictionary<string, string?> values, OptionsValidationException exception)
    {
        var named = Lines(exception).Select(line => line.Split(' ')[0].TrimEnd(':')).ToList();
        var databases = ModuleCatalog.NoDatabases.Where(database => named.Contains(database.Key, StringComparer.OrdinalIgnoreCase)).ToList();
        databases.ForEach(database => values[database.Key] = database.Value);
        var keys = KeysOf(values, named) is { Count: > 0 } found ? found : databases.Count > 0 ? [] : KeysOf(values, [SectionOf(exception)]);
        keys.ForEach(key => values.Remove(key));
        return keys.Count + databases.Count > 0;
    }

    private static List<string> KeysOf(Dictionary<string, string?> values, IReadOnlyList<string> names) =>
    [
        .. values.Keys.Where(key => !ModuleCatalog.NoDatabases.Keys.Contains(key, StringComparer.OrdinalIgnoreCase)
            && names.Any(name => $"{key}:".StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))),
    ];

    private static string SectionOf(OptionsValidationException exception) =>
        exception.OptionsType.GetField("Section")?.GetRawConstantValue() as string ?? $"Modules:{exception.OptionsName}";

    private static IEnumerable<string> Lines(OptionsValidationException exception)
    {
        var section = SectionOf(exception);
        return exception.Failures.Select(failure => AnnotationFailure.Match(failure) is { Success: true } match
            ? Line(section, $":{match.Groups["member"].Value}", match.Groups["problem"].Value)
            : Line(section, "", failure));
    }

    private static string Line(string section, string member, string problem) =>
        problem.StartsWith($"{section}:", StringComparison.Ordinal) ? problem : $"{section}{member}: {problem}";

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<key>.+)' to type '(?:System\\.)?(?<type>.+)'", RegexOptions.Singleline)]
    private static partial Regex ConversionFailure { get; }

    [GeneratedRegex("^DataAnnotation validation failed for .* members: '(?<member>.*)' with the error: '(?<problem>.*)'\\.$", RegexOptions.Singleline)]
    private static partial Regex AnnotationFailure { get; }
}
