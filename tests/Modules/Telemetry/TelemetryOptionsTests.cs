using Microsoft.Extensions.Options;

namespace Portico.Tests.Modules.Telemetry;

public sealed class TelemetryOptionsTests
{
    [Fact]
    public async Task Wrong_settings_stop_the_start_and_are_all_named()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => MeasuredApp.StartAsync(
            "--Telemetry:OtlpEndpoint=collector:4318", "--Telemetry:ScrapeNetworks:0=10.0.0.0/33", "--Telemetry:ScrapeNetworks:1=home"));

        Assert.Contains("Telemetry:OtlpEndpoint must be an absolute http or https address.", refusal.Message);
        Assert.Contains("'10.0.0.0/33' is not a network", refusal.Message);
        Assert.Contains("'home' is not a network", refusal.Message);
    }
}
