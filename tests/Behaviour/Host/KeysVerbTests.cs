using System.Text.Json;
using Portico.Platform.Security;

namespace Portico.Tests.Behaviour.Host;

public sealed class KeysVerbTests
{
    [Fact]
    public async Task After_a_rotation_old_tokens_stay_good_and_new_ones_are_signed_by_the_new_key()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule);
        var anna = await platform.MemberAsync();
        var oldKey = KeyOf(anna.Token!);

        var run = await PorticoExecutable.RunAsync("keys", "rotate", "tokens", "--data", platform.DataFolder);
        Assert.True(run.ExitCode == 0, run.Errors);
        var newKey = run.Output.Split(' ')[1];
        Assert.NotEqual(oldKey, newKey);
        Assert.Equal($"tokens: {newKey} signs from", run.Output[..run.Output.LastIndexOf(' ')]);

        platform.Clock.Advance(KeyRing.Lead);
        var again = platform.Somebody();
        await Eventually.TrueAsync(
            async () => KeyOf((await again.LoginAsync(anna.Username)).Token!) == newKey, "tokens are still signed by the old key");
        await Eventually.TrueAsync(
            async () => (await again.GetAsync("/api/members/profile")).Status == HttpStatusCode.OK, "members does not read the new key");
        (await anna.GetAsync("/api/members/profile")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Rotating_where_there_are_no_keys_says_so()
    {
        using var folder = new ProcessFolder();
        var run = await PorticoExecutable.RunAsync("keys", "rotate", "--data", folder.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("There are no keys in", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Path));
    }

    private static string KeyOf(string token)
    {
        using var header = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0]));
        return header.RootElement.GetProperty("kid").GetString()!;
    }
}
