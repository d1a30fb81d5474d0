using System.Net.Sockets;

namespace Portico.Tests.Behaviour.Host;

public sealed class FailedStartTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_platform_that_does_not_start_says_why(Shape shape)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";
        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => RunningPlatform.StartAsync(shape, new() { ["urls"] = address }));
        Assert.Contains($"{address}: address already in use", failure.Message, StringComparison.Ordinal);
    }
}
