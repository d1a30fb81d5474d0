using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;
using Portico.Notifications.Deliveries;
using Portico.Platform.Modules;

namespace Portico.Notifications.Mails;

/// <summary>Hands mails to the server, or, where there is none, keeps them as files named by their delivery: twice is once.</summary>
internal sealed class Postman(IOptions<SmtpOptions> options, Deployment deployment)
{
    private const UnixFileMode OursAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public async Task<DeliveryOutcome> SendAsync(Guid id, MailMessage mail)
    {
        var smtp = options.Value;
        try
        {
            if (smtp.Host is null)
            {
                Keep(id, mail);
                return DeliveryOutcome.Sent;
            }

            using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.StartTls };
            if (smtp.UserName is not null)
            {
                client.Credentials = new NetworkCredential(smtp.UserName, smtp.Password);
            }

            // Not when the process stops: whether the server took it would not be known.
            using var patience = new CancellationTokenSource(smtp.Timeout);
            await client.SendMailAsync(mail, patience.Token);
            return DeliveryOutcome.Sent;
        }
        catch (OperationCanceledException)
        {
            return DeliveryOutcome.TryAgain($"{smtp.Host} took longer than {smtp.Timeout:c}.");
        }
        catch (SmtpException e)
        {
            return DeliveryOutcome.TryAgain(e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DeliveryOutcome.TryAgain(e.Message);
        }
    }

    private void Keep(Guid id, MailMessage mail)
    {
        var folder = Path.Combine(deployment.DataFolder, "mail");
        // Links in them open accounts: nobody else reads them.
        Directory.CreateDirectory(folder, OursAlone | UnixFileMode.UserExecute);
        var writing = Directory.CreateDirectory(Path.Combine(folder, $".{id:N}"), OursAlone | UnixFileMode.UserExecute).FullName;
        try
        {
            using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = writing })
            {
                client.Send(mail);
            }

            var written = Directory.GetFiles(writing).Single();
            File.SetUnixFileMode(written, OursAlone);
            File.Move(written, Path.Combine(folder, $"{id:N}.eml"), overwrite: true);
        }
        finally
        {
            Directory.Delete(writing, recursive: true);
        }
    }
}
