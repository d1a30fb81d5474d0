using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using Portico.Notifications.Texts;

namespace Portico.Notifications.Mails;

/// <summary>A mail as programs show it: plain, and the same in HTML. All that members wrote is encoded, and no header has a second line.</summary>
internal static class MailText
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    public static MailMessage Compose(Guid id, NotificationsOptions options, string address, string name, Tongue tongue, Written written)
    {
        var from = new MailAddress(options.From);
        var link = written.Link is { } path ? $"{options.PublicAddress.TrimEnd('/')}{path}" : null;
        var mail = new MailMessage(from, new MailAddress(address, OneLine(name), Encoding.UTF8))
        {
            Subject = OneLine(written.Title),
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        // The same at every attempt: whoever gets a second copy can tell that it is one.
        mail.Headers.Add("Message-ID", $"<{id:N}@{from.Host}>");
        // No answering machine answers.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        var greeting = tongue.Say($"Hello {OneLine(name)},", $"Ciao {OneLine(name)},");
        string[] lines = [greeting, .. written.Lines];
        mail.AlternateViews.Add(View(string.Join("\n\n", link is null ? lines : [.. lines, $"{written.LinkText}: {link}"]), MediaTypeNames.Text.Plain));
        mail.AlternateViews.Add(View(Page(tongue, lines, link, written.LinkText), MediaTypeNames.Text.Html));
        return mail;
    }

    private static string Page(Tongue tongue, IEnumerable<string> lines, string? link, string? linkText)
    {
        var page = new StringBuilder($"<!doctype html><html lang=\"{tongue.Language}\"><meta charset=\"utf-8\"><body style=\"font-family: sans-serif\">");
        foreach (var line in lines)
        {
            page.Append("<p>").Append(Html.Encode(line)).Append("</p>");
        }

        if (link is not null)
        {
            page.Append("<p><a href=\"").Append(Html.Encode(link)).Append("\">").Append(Html.Encode(linkText!)).Append("</a></p>");
        }

        return page.Append("</body></html>").ToString();
    }

    private static AlternateView View(string text, string type) => AlternateView.CreateAlternateViewFromString(text, Encoding.UTF8, type);

    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
}
