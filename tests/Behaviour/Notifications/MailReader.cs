using System.Diagnostics;
using System.Text.Json;

namespace Portico.Tests.Behaviour.Notifications;

/// <summary>A mail as somebody else's library reads it.</summary>
internal sealed record ReadMail(
    string MessageId, string Subject, string To, string? Bcc, string Text, string Html, IReadOnlyList<string> Attached, string Calendar, string Pdf);

/// <summary>Reads mails with Python's library, from a folder of files or a Maildir.</summary>
internal static class MailReader
{
    private const string Script =
        """
        import email, email.policy, json, os, sys
        mails = []
        for name in sorted(os.listdir(sys.argv[1])) if os.path.isdir(sys.argv[1]) else []:
            if name.startswith('.'):
                continue
            with open(os.path.join(sys.argv[1], name), 'rb') as file:
                mail = email.message_from_binary_file(file, policy=email.policy.default)
            attached = list(mail.iter_attachments())
            calendars = [part.get_payload(decode=True).decode() for part in mail.walk() if part.get_content_type() == 'text/calendar']
            pdfs = [part.get_payload(decode=True)[:5].decode() for part in mail.walk() if part.get_content_type() == 'application/pdf']
            mails.append({
                'MessageId': mail['Message-ID'], 'Subject': mail['Subject'], 'To': mail['To'], 'Bcc': mail['Bcc'],
                'Text': mail.get_body(('plain',)).get_content(), 'Html': mail.get_body(('html',)).get_content(),
                'Attached': [part.get_filename() for part in mail.walk() if part.get_filename()], 'Calendar': ''.join(calendars), 'Pdf': ''.join(pdfs)})
        print(json.dumps(mails))
        """;

    public static async Task<IReadOnlyList<ReadMail>> ReadAsync(string folder)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script, folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (read, complaints) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, await complaints);
        return JsonSerializer.Deserialize<IReadOnlyList<ReadMail>>(await read)!;
    }
}
