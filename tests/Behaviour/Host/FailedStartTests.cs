using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task It_says_so_too_when_it_does_not_even_stop(Shape shape)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => RunningPlatform.StartAsync(shape, adjust: builder => builder.Services.AddHostedService<Stubborn>()));
        Assert.Contains("will not start", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Stubborn : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("will not start");

        public Task StopAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("will not stop");
    }
}
