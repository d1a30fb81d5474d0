using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Portico.Platform.Telemetry;

namespace Portico.Tests.Modules.Telemetry;

public sealed partial class MetricFamilyTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", "histogram", "http_server_request_duration_seconds")]
    [InlineData("http.server.active_requests", "{request}", "gauge", "http_server_active_requests")]
    [InlineData("jobs", "", "counter", "jobs_total")]
    [InlineData("jobs_total", "s", "counter", "jobs_seconds_total")]
    [InlineData("wait_seconds", "s", "histogram", "wait_seconds")]
    [InlineData("share", "1", "gauge", "share_ratio")]
    [InlineData("share", "1", "counter", "share_total")]
    [InlineData("speed", "By/s", "gauge", "speed_bytes_per_second")]
    [InlineData("rate", "{job}/min", "gauge", "rate_per_minute")]
    [InlineData("2nd..try--", "", "gauge", "_2nd_try_")]
    [InlineData("paid", "EUR", "counter", "paid_EUR_total")]
    public void A_family_is_named_after_instrument_unit_and_type(string instrument, string unit, string type, string name) =>
        Assert.Equal(new MetricFamily(name, type), MetricFamily.Named(instrument, unit, type));

    [Fact]
    public void Whatever_the_name_Prometheus_can_read_it() =>
        Prop.ForAll<NonNull<string>>(name => ReadableName().IsMatch(MetricFamily.Sanitized(name.Get))).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_the_value_it_stays_inside_its_quotes() =>
        Prop.ForAll<NonNull<string>>(value => QuotedValue().IsMatch(PrometheusLabels.Escaped(value.Get))).QuickCheckThrowOnFailure();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex ReadableName();

    [GeneratedRegex(@"\A([^\\""\n]|\\[\\""n])*\z")]
    private static partial Regex QuotedValue();
}
