using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using Portico.Host;
using Portico.Host.Verbs;
using Portico.Platform.Schedules;
using Portico.Platform.Security;

namespace Portico.Tests.Architecture;

/// <summary>docs/errors.md against the refusals in the source.</summary>
public sealed partial class ErrorCodeTests
{
    /// <summary>Words with a dash that are no code, no verb, no job, no policy and no header of CloudEvents; the last are why a payment is given back.</summary>
    private static readonly string[] OtherWords =
    [
        "auto-generated", "by-hand", "content-type", "date-time", "no-cache", "no-referrer", "no-store", "portico-account-directory", "portico-bookings-account-directory", "portico-internal", "portico-json", "same-origin", "sent-again", "superuser-password",
        "x-dead-letter-exchange", "x-dead-letter-routing-key", "x-delivery-limit", "x-queue-type",
        "already-paid", "booking-cancelled", "booking-unknown", "not-confirmed", "wrong-amount",
    ];

    private static readonly Dictionary<string, string> Documented =
        Markdown.Rows("docs/errors.md", "Code").ToDictionary(row => row.Cells[0].Trim('`'), row => row.Cells[1]);

    private static readonly List<(string File, string Text)> Sources =
    [
        .. from file in Repository.Files("src/**.cs")
           where !file.StartsWith("src/Contracts/Demo/", StringComparison.Ordinal)
           select (file, Repository.Read(file)),
    ];

    [Fact]
    public void Every_code_in_the_source_is_explained() => Faults.AssertNone(
        "A new code of a refusal needs a line in docs/errors.md. A word that is none goes on the list in this test.",
        from source in Sources
        from word in Dashed.Matches(source.Text).Concat(Refusal.Matches(source.Text)).Select(match => match.Groups["code"].Value)
        where !Documented.ContainsKey(word) && !KnownWords.Contains(word) && !word.StartsWith("ce-", StringComparison.Ordinal)
        select $"{source.File}: {word}");

    [Fact]
    public void Every_code_that_is_explained_occurs() => Faults.AssertNone(
        "Nothing answers this code any more: take its line from docs/errors.md.",
        Documented.Keys.Where(code => !Sources.Any(source => source.Text.Contains($"\"{code}\"", StringComparison.Ordinal))));

    [Fact]
    public void A_code_is_explained_with_the_status_it_has() => Faults.AssertNone(
        "docs/errors.md names another status.",
        from source in Sources
        from Match refusal in Refusal.Matches(source.Text)
        let code = refusal.Groups["code"].Value
        let status = refusal.Groups["status"] is { Success: true } said ? said.Value : Statuses.GetValueOrDefault(refusal.Groups["kind"].Value, "?")
        where Documented.TryGetValue(code, out var statuses) && !statuses.Contains(status, StringComparison.Ordinal)
        select $"{source.File}: {code} is answered with {status}");

    [Fact]
    public void The_list_of_other_words_is_short() => Faults.AssertNone(
        "The word no longer occurs: take it from the list in this test.",
        OtherWords.Where(word => !Sources.Any(source => source.Text.Contains($"\"{word}\"", StringComparison.Ordinal))));

    private static readonly HashSet<string> KnownWords =
    [
        .. OtherWords,
        .. CommandLine.Root().Subcommands.SelectMany(verb => verb.Subcommands.Append<Command>(verb)).Select(verb => verb.Name),
        .. BuiltApps.ServicesOf(ModuleCatalog.Everything).Where(service => service.ServiceType == typeof(Schedule))
            .Select(service => ((Schedule)service.ImplementationInstance!).Name),
        .. typeof(Policies).GetFields(BindingFlags.Public | BindingFlags.Static).Select(policy => (string)policy.GetRawConstantValue()!),
    ];

    private static readonly Dictionary<string, string> Statuses = new()
    {
        ["BadRequest"] = "400", ["Unauthorized"] = "401", ["Forbidden"] = "403", ["NotFound"] = "404",
        ["Conflict"] = "409", ["Gone"] = "410", ["TooLarge"] = "413", ["Unprocessable"] = "422",
        ["TooMany"] = "429", ["BadGateway"] = "502", ["Unavailable"] = "503", ["GatewayTimeout"] = "504",
    };

    [GeneratedRegex(@"(?<![\w$])""(?<code>[a-z]+(-[a-z]+)+)""")]
    private static partial Regex Dashed { get; }

    [GeneratedRegex(@"\bProblems\.(?!Invalid)(?<kind>\w+)\(\s*(StatusCodes\.Status(?<status>\d+)\w*,\s*)?""(?<code>[a-z-]+)""")]
    private static partial Regex Refusal { get; }
}
