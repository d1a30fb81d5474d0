using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portico.Platform.Telemetry;

namespace Portico.Tests.Modules.Telemetry;

public sealed class LoggingServicesTests
{
    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", false)]
    [InlineData("System.Net.Http.HttpClient.payments.LogicalHandler", false)]
    [InlineData("Yarp.ReverseProxy.Forwarder.HttpForwarder", false)]
    [InlineData("Microsoft.Hosting.Lifetime", true)]
    [InlineData("Portico.Requests", true)]
    public void Libraries_are_quiet_and_Portico_is_not(string category, bool informs) => Assert.Equal(informs, Informs(category));

    [Fact]
    public void Configuration_has_the_last_word() =>
        Assert.True(Informs("Microsoft.AspNetCore.Hosting.Diagnostics", "--Logging:LogLevel:Microsoft.AspNetCore=Information"));

    private static bool Informs(string category, params string[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(settings);
        builder.AddPlatformLogging();
        using var host = builder.Build();
        return host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(LogLevel.Information);
    }
}
