using System.Diagnostics;

namespace Portico.Host.Setup;

internal static class OwnedFolder
{
    /// <summary>Files that root writes for itself alone the account that serves could not read any more.</summary>
    /// <exception cref="OperatorException">This is root, and the folder is another account's.</exception>
    public static void EnsureOurs(string folder)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%u %U", folder]) { RedirectStandardOutput = true })!;
        var owner = stat.StandardOutput.ReadToEnd().Trim().Split(' ');
        stat.WaitForExit();
        if (owner is [not "0", var name])
        {
            throw new OperatorException($"{folder} belongs to {name}, and this is root. Run it as that account: runuser -u {name} -- portico …");
        }
    }
}
