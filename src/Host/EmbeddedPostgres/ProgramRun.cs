using System.Diagnostics;

namespace Portico.Host.EmbeddedPostgres;

internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    public static async Task<ProgramRun> OfAsync(string[] command, CancellationToken cancellationToken)
    {
        using var process = Process.Start(StartInfo(command)) ?? throw new EmbeddedServerException($"{command[0]} could not be started.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new ProgramRun(process.ExitCode, (await output).Trim(), (await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static ProcessStartInfo StartInfo(string[] command)
    {
        // The working directory is one that every account may be in.
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };

        // The server gets none of the host's environment: it may hold Portico's secrets, or PG* variables of another server.
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        foreach (var name in (string[])["PATH", "LD_LIBRARY_PATH"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        return start;
    }
}
