using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Portico.Tests;

/// <summary>An answer to <see cref="RawRequest"/>.</summary>
public sealed record RawAnswer(int Status, string Headers, string Body)
{
    /// <summary>The problem's code; null when there is none.</summary>
    public string? Code => Member("code");

    public string? TraceId => Member("trace_id");

    public override string ToString() => $"{Status} {Body}";

    private string? Member(string name)
    {
        if (!Body.StartsWith('{'))
        {
            return null;
        }

        using var json = JsonDocument.Parse(Body);
        return json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}

/// <summary>Sends bytes as they are: no HTTP client lets one write what attackers write.</summary>
public static class RawRequest
{
    /// <summary>One request with these header lines, on a connection of its own.</summary>
    public static Task<RawAnswer> SendAsync(Uri address, string method, string target, IEnumerable<string> headers, byte[]? body = null) =>
        SendAsync(address, method, Encoding.UTF8.GetBytes(target), headers, body);

    public static async Task<RawAnswer> SendAsync(Uri address, string method, byte[] target, IEnumerable<string> headers, byte[]? body = null)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, timeout.Token);
        await using var stream = client.GetStream();
        using var request = new MemoryStream();
        request.Write(Encoding.ASCII.GetBytes($"{method} "));
        request.Write(target);
        request.Write(Encoding.UTF8.GetBytes($" HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n"));
        foreach (var header in headers)
        {
            request.Write(Encoding.UTF8.GetBytes($"{header}\r\n"));
        }

        if (body is not null)
        {
            request.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n")));
        }

        request.Write("\r\n"u8);
        request.Write(body);
        try
        {
            await stream.WriteAsync(request.ToArray(), timeout.Token);
        }
        catch (IOException)
        {
            // The server may answer and close before it has read what it will not read.
        }

        return Parse(await ReadAsync(stream, timeout.Token));
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        var piece = new byte[8192];
        try
        {
            int read;
            while (!IsEndless(answer) && (read = await stream.ReadAsync(piece, cancellationToken)) > 0)
            {
                answer.Write(piece, 0, read);
            }
        }
        catch (IOException)
        {
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    // An answer that goes on for as long as one listens: that it began says enough.
    private static bool IsEndless(MemoryStream answer)
    {
        var head = answer.GetBuffer().AsSpan(0, (int)answer.Length);
        return head.IndexOf("\r\n\r\n"u8) is > 0 and var end && head[..end].IndexOf("Content-Type: text/event-stream"u8) > 0;
    }

    private static RawAnswer Parse(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0 || !answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"No answer but \"{answer}\"");
        }

        var (head, body) = (answer[..end], answer[(end + 4)..]);
        if (head.Contains("Content-Type: text/event-stream", StringComparison.Ordinal))
        {
            body = "";
        }
        else if (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            body = Unchunk(body);
        }

        return new(int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture), head, body);
    }

    private static string Unchunk(string chunked)
    {
        var bytes = Encoding.UTF8.GetBytes(chunked).AsSpan();
        using var whole = new MemoryStream();
        while (bytes.IndexOf("\r\n"u8) is > 0 and var lineEnd)
        {
            var size = int.Parse(bytes[..lineEnd], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            whole.Write(bytes.Slice(lineEnd + 2, size));
            bytes = bytes[(lineEnd + 2 + size + 2)..];
        }

        return Encoding.UTF8.GetString(whole.ToArray());
    }
}
