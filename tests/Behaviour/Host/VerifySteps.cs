namespace Portico.Tests.Behaviour.Host;

internal static class VerifySteps
{
    /// <summary>What <c>portico verify</c> says.</summary>
    /// <param name="wait">How many seconds facts may still take to arrive.</param>
    public static Task<(int ExitCode, string Output, string Errors)> VerifyAsync(this RunningPlatform platform, int wait) =>
        PorticoExecutable.RunAsync(platform.Databases, ["verify", "--data", platform.DataFolder, "--wait", $"{wait}"]);

    /// <summary>The tables of all modules are right, and agree once everything has arrived.</summary>
    public static async Task ModulesAgreeAsync(this RunningPlatform platform)
    {
        var (code, output, errors) = await platform.VerifyAsync(60);
        Assert.True(code == 0, $"{output}{errors}");
    }
}
