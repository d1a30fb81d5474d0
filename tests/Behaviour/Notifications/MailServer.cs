using System.Diagnostics;
using System.Net.Sockets;

namespace Portico.Tests.Behaviour.Notifications;

/// <summary>A real SMTP server, aiosmtpd of Debian's package python3-aiosmtpd, that keeps what it takes in a Maildir.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portico-mail-").FullName;
    private Process? running;

    public int Port { get; } = FreePort.Next();

    /// <summary>What makes Portico send its mails here.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Modules:Notifications:Smtp:Host"] = "127.0.0.1",
        ["Modules:Notifications:Smtp:Port"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Modules:Notifications:Smtp:StartTls"] = "false",
    };

    public static async Task<MailServer> StartedAsync()
    {
        var server = new MailServer();
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        // As it is: started as root it would change to an account that may not write here.
        running = Process.Start(new ProcessStartInfo(
            "/usr/bin/python3", ["-m", "aiosmtpd", "-n", "-l", $"127.0.0.1:{Port}", "-c", "aiosmtpd.handlers.Mailbox", Path.Combine(folder, "maildir")])
        {
            RedirectStandardError = true,
        })!;
        var complaints = running.StandardError.ReadToEndAsync();
        await Eventually.TrueAsync(async () => running.HasExited || await AnswersAsync(), "the mail server does not answer");
        if (running.HasExited)
        {
            var words = await complaints;
            Assert.SkipWhen(
                words.Contains("No module named", StringComparison.Ordinal) && Environment.GetEnvironmentVariable("CI") is null, "python3-aiosmtpd is missing");
            throw new InvalidOperationException(words);
        }
    }

    public Task<IReadOnlyList<ReadMail>> MailsAsync() => MailReader.ReadAsync(Path.Combine(folder, "maildir", "new"));

    /// <summary>How many it took, without reading them.</summary>
    public int Count => Directory.Exists(Path.Combine(folder, "maildir", "new")) ? Directory.GetFiles(Path.Combine(folder, "maildir", "new")).Length : 0;

    public async ValueTask DisposeAsync()
    {
        if (running is { HasExited: false })
        {
            running.Kill();
            await running.WaitForExitAsync();
        }

        running?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
