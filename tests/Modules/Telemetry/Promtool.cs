using System.ComponentModel;
using System.Diagnostics;

namespace Portico.Tests.Modules.Telemetry;

/// <summary>Prometheus' own judgement of a page, from Debian's package prometheus.</summary>
internal static class Promtool
{
    public static async Task AcceptsAsync(string page)
    {
        using var promtool = Start();
        await promtool.StandardInput.WriteAsync(page);
        promtool.StandardInput.Close();
        var complaints = await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            + await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(promtool.ExitCode == 0 && complaints.Length == 0, $"{complaints}\n{page}");
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip("promtool is missing");
            throw;
        }
    }
}
