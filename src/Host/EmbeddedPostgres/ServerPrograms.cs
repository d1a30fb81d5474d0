namespace Portico.Host.EmbeddedPostgres;

/// <summary>PostgreSQL's own programs, run by the account that may run them.</summary>
internal sealed class ServerPrograms(ServerFolder folder, string binaries, ServerAccount account)
{
    public async Task InitialiseAsync(bool sync, CancellationToken cancellationToken)
    {
        // A host killed in the middle leaves a folder that no start takes for data: only a finished one gets the name.
        folder.SweepUnfinishedData();
        var unfinished = folder.NewUnfinishedData();
        if (!File.Exists(folder.Password))
        {
            await SecretFile.WriteAsync(folder.Password, SecretFile.NewPassword(), cancellationToken);
        }

        await account.TakeOverAsync([unfinished, folder.Password], cancellationToken);
        var initdb = await RunAsync("initdb", [
            "--pgdata", unfinished, "--encoding=UTF8", "--locale=C", "--username=postgres", "--pwfile", folder.Password,
            "--auth=scram-sha-256", "--data-checksums", .. sync ? Array.Empty<string>() : ["--no-sync"],
        ], cancellationToken);
        if (!initdb.Succeeded)
        {
            throw new EmbeddedServerException($"PostgreSQL could not make its data folder in {folder.Root}: {initdb.Errors} {initdb.Output}");
        }

        Directory.Move(unfinished, folder.Data);
    }

    public async Task<ProgramRun> StartAsync(CancellationToken cancellationToken)
    {
        folder.SweepLogs();
        await account.TakeOverAsync([folder.Data, folder.Log, folder.Password], cancellationToken);
        // pg_ctl gives the server a session of its own: Ctrl-C in the host's terminal reaches the host, which then stops the server in order.
        // It hands these options to a shell.
        var configuration = folder.Configuration.Replace("'", @"'\''", StringComparison.Ordinal);
        return await RunAsync("pg_ctl", [
            "start", "--pgdata", folder.Data, "--log", folder.StartLog, "--wait", "--timeout=300", "--silent",
            "--options", $"-c config_file='{configuration}'",
        ], cancellationToken);
    }

    public Task<ProgramRun> StopAsync(CancellationToken cancellationToken) =>
        RunAsync("pg_ctl", ["stop", "--pgdata", folder.Data, "--mode=fast", "--wait", "--timeout=60", "--silent"], cancellationToken);

    private Task<ProgramRun> RunAsync(string program, string[] arguments, CancellationToken cancellationToken) =>
        ProgramRun.OfAsync([.. account.Prefix, Path.Combine(binaries, program), .. arguments], cancellationToken);
}
