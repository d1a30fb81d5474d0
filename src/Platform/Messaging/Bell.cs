using System.Threading.Channels;

namespace Portico.Platform.Messaging;

/// <summary>Says to one who waits in the same process that there is something new.</summary>
public sealed class Bell
{
    private readonly Channel<bool> rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes whoever waits, now or next. Many rings before they look count as one.</summary>
    public void Ring() => rings.Writer.TryWrite(true);

    /// <summary>Until the bell rings, or that long.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await rings.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }
}
