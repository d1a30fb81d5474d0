using System.Buffers;
using System.IO.Pipelines;

namespace Portico.Bookings.Features.Live;

/// <summary>What is on its way to one listener. It answers whether they accept it fast enough.</summary>
internal sealed class SentEvents(PipeWriter writer, TimeSpan slowAfter)
{
    private const int Most = 16 * 1024;
    private int unsent;

    public ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> text)
    {
        writer.Write(text.Span);
        unsent += text.Length;
        return unsent < Most ? new(true) : SendAsync();
    }

    public async ValueTask<bool> SendAsync()
    {
        if (unsent == 0)
        {
            return true;
        }

        unsent = 0;
        var sending = writer.FlushAsync();
        if (sending.IsCompleted)
        {
            await sending;
            return true;
        }

        // A timer only for those who let us wait: thousands do not.
        try
        {
            await sending.AsTask().WaitAsync(slowAfter);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
