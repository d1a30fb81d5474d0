using System.ComponentModel;

namespace Portico.Host.EmbeddedPostgres;

/// <summary>Who runs the server's programs. PostgreSQL refuses root, so for root that is an account without rights.</summary>
internal sealed record ServerAccount(string Owner, string[] Prefix)
{
    private static readonly ServerAccount Self = new("", []);

    public static async Task<ServerAccount> ChooseAsync(ServerFolder folder, string binaries, CancellationToken cancellationToken)
    {
        var account = Environment.IsPrivilegedProcess ? As(await OwnerAsync(folder, cancellationToken)) : Self;
        var without = await account.TryAsync(folder, binaries, cancellationToken);
        if (without.Succeeded)
        {
            return account;
        }

        if (account != Self)
        {
            // In a folder that root closed to others (a clone made by mktemp -d, or one under /root) the account cannot reach its own files.
            // This one capability lets it through closed folders. It also reads any file, so it is given only where nothing else works.
            var through = account with { Prefix = [.. account.Prefix, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"] };
            if ((await through.TryAsync(folder, binaries, cancellationToken)).Succeeded)
            {
                return through;
            }
        }

        throw new EmbeddedServerException(account == Self
            ? $"PostgreSQL in {binaries} does not run: {without.Errors} Run tools/embedded-postgres/install.sh again, or install Debian's postgresql-15."
            : $"PostgreSQL does not run as root, and the account {account.Owner} cannot reach {folder.Root} or run {binaries}/postgres: {without.Errors} "
                + "Choose a data folder that others may pass through: --data /var/lib/portico, with PostgreSQL installed outside /root.");
    }

    public async Task TakeOverAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        if (this != Self && await ProgramRun.OfAsync(["chown", "-R", Owner, .. paths], cancellationToken) is { Succeeded: false } chown)
        {
            throw new EmbeddedServerException($"The server's files cannot be given to the account {Owner}: {chown.Errors}");
        }
    }

    private static ServerAccount As((string User, string Group) id) =>
        new($"{id.User}:{id.Group}", ["setpriv", $"--reuid={id.User}", $"--regid={id.Group}", "--clear-groups"]);

    // Data made before by somebody who is not root stays theirs, so that they can start the server again.
    private static async Task<(string User, string Group)> OwnerAsync(ServerFolder folder, CancellationToken cancellationToken)
    {
        if (folder.Initialised)
        {
            var owner = (await ProgramRun.OfAsync(["stat", "-c", "%u %g", folder.Data], cancellationToken)).Output.Split(' ');
            if (owner is [not "0", _])
            {
                return (owner[0], owner[1]);
            }
        }

        var nobody = (await File.ReadAllLinesAsync("/etc/passwd", cancellationToken)).Select(line => line.Split(':')).FirstOrDefault(line => line[0] == "nobody");
        return nobody is [_, _, var user, var group, ..]
            ? (user, group)
            : throw new EmbeddedServerException("PostgreSQL does not run as root, and there is no account named nobody: run Portico as another user.");
    }

    private async Task<ProgramRun> TryAsync(ServerFolder folder, string binaries, CancellationToken cancellationToken)
    {
        try
        {
            return await ProgramRun.OfAsync(
                [.. Prefix, "/bin/sh", "-c", "cd \"$1\" && exec \"$2\" --version", "sh", folder.Root, Path.Combine(binaries, "postgres")], cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw new EmbeddedServerException("PostgreSQL does not run as root, and setpriv (util-linux) is missing: run Portico as another user.", e);
        }
    }
}
