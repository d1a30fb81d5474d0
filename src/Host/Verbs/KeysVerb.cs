using System.CommandLine;
using Portico.Host.EmbeddedPostgres;
using Portico.Host.Setup;
using Portico.Platform.Security;

namespace Portico.Host.Verbs;

/// <summary><c>portico keys rotate</c>: new secrets for what Portico signs and seals, while what the old ones made stays good.</summary>
internal static class KeysVerb
{
    private const string Everything = "all";

    // Paper codes are good until their event ends: it starts two years ahead at most and takes 31 days at most.
    private static readonly TimeSpan CodesOverlap = TimeSpan.FromDays(731 + 31);
    private static readonly TimeSpan MailOverlap = TimeSpan.FromDays(1);
    private static readonly TimeSpan ClockDifferences = TimeSpan.FromMinutes(5);

    private static readonly Argument<string> Purpose = new("purpose")
    {
        Description = $"{string.Join(", ", KeyRings.All)} or {Everything}",
        DefaultValueFactory = _ => Everything,
    };

    public static Command Create()
    {
        Purpose.AcceptOnlyFromAmong([.. KeyRings.All, Everything]);
        var rotate = new Command("rotate", "Adds a key that signs from now on; the old one is believed until what it signed has expired.")
        {
            Purpose, HostOptions.Data,
        };
        rotate.SetAction((result, _) => RotateAsync(new([], result.GetRequiredValue(HostOptions.Data)), result.GetRequiredValue(Purpose)));
        return new Command("keys", "The secrets of this installation.") { rotate };
    }

    private static async Task<int> RotateAsync(ProcessSetup setup, string purpose)
    {
        await ConfigurationCheck.RunAsync(setup);
        var options = setup.Configuration.GetSection(TokenOptions.Section).Get<TokenOptions>() ?? new();
        var folder = options.KeyFolder is { Length: > 0 } configured ? configured : Path.Combine(setup.DataFolder, "keys");
        if (!Directory.Exists(folder))
        {
            throw new OperatorException($"There are no keys in {folder}: they are made at the first start. Is --data right?");
        }

        OwnedFolder.EnsureOurs(folder);
        using var only = DataFolderLock.Take(folder, "rotate");
        var rings = new KeyRings(folder, TimeProvider.System);
        foreach (var name in purpose == Everything ? KeyRings.All : [purpose])
        {
            var added = rings.For(name).Rotate(Overlap(name, options));
            Console.WriteLine($"{name}: {added.Id} signs from {added.SignsFrom:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        }

        return 0;
    }

    private static TimeSpan Overlap(string purpose, TokenOptions options) => purpose switch
    {
        KeyRings.Tokens => options.Lifetime + ClockDifferences,
        KeyRings.Codes => CodesOverlap,
        _ => MailOverlap,
    };
}
