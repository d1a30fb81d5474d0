using System.ComponentModel;

namespace Portico.Host.EmbeddedPostgres;

/// <summary>Who runs the server's programs. PostgreSQL refuses root, so for root that is an account without rights.</summary>
internal sealed record ServerAccount(string Owner, string[] Prefix)
{
    private static readonly ServerAccount Self = new("", []);

    public static async Task<ServerAccount> ChooseAsync(ServerFolder folder, string binaries, CancellationToken cancellationToken)
    {
        var account = Environment.IsPrivilegedProcess ? As(await NobodyAsync(folder, cancellationToken)) : Self;
        var without = await account.TryAsync(folder, binaries, cancellationToken);
        if (without.Succeeded)
        {
            return account;
        }

        if (account != Self)
        {
            // In a folder that root closed to others (a clone made by mktemp -d, or one under /root) the account cannot reach its own files.
            // This one capability lets it through closed folders. It also reads any file, so it is given only where nothing else works.
            // no_setuid_fixup: PostgreSQL asks access(2) whether its programs are there, which otherwise answers as if without the capability.
            var through = account with
            {
                Prefix = [.. account.Prefix, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search", "--securebits=+no_setuid_fixup"],
            };
            if ((await through.TryAsync(folder, binaries, cancellationToken)).Succeeded)
            {
                return through;
            }
        }

        throw new EmbeddedServerException(account == Self
            ? $"PostgreSQL in {binaries} does not run: {without.Errors} "
                + "Run tools/embedded-postgres/install.sh again, or install Debian's postgresql-15."
            : $"PostgreSQL does not run as root, and the account {account.Owner} cannot reach {folder.Root} or run {binaries}/postgres: "
                + $"{without.Errors}. Choose a data folder that others may pass through (--data /var/lib/portico) with PostgreSQL outside /root, "
                + "or run Portico as another user.");
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

    private static async Task<(string User, string Group)> NobodyAsync(ServerFolder folder, CancellationToken cancellationToken)
    {
        var owner = (await ProgramRun.OfAsync(["stat", "-c", "%u", folder.Root], cancellationToken)).Output;
        if (owner != "0")
        {
            // What root writes there its owner could no longer read, and would be locked out of the data.
            throw new EmbeddedServerException($"{folder.Root} belongs to account {owner}, and this is root. "
                + "Run Portico as that account, or choose another data folder with --data.");
        }

        var accounts = await File.ReadAllLinesAsync("/etc/passwd", cancellationToken);
        return accounts.Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == "nobody") is [_, _, var user, var group, ..]
            ? (user, group)
            : throw new EmbeddedServerException(
                "PostgreSQL does not run as root, and there is no account named nobody: run Portico as another user.");
    }

    private async Task<ProgramRun> TryAsync(ServerFolder folder, string binaries, CancellationToken cancellationToken)
    {
        try
        {
            string[] command = ["/bin/sh", "-c", "cd \"$1\" && exec \"$2\" --version", "sh", folder.Root, Path.Combine(binaries, "postgres")];
            return await ProgramRun.OfAsync([.. Prefix, .. command], cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw new EmbeddedServerException(
                "PostgreSQL does not run as root, and setpriv (util-linux) is missing: run Portico as another user.", e);
        }
    }
}
