using System.Diagnostics.Metrics;

namespace Portico.Tests.Modules.Telemetry;

public sealed class PrometheusTextTests
{
    [Fact]
    public void A_counter_ends_in_its_unit_and_total()
    {
        using var meter = new Meter("test.counter");
        using var scraped = new ScrapedMeters(meter.Name);
        var sent = meter.CreateCounter<long>("mail.sent", "By", "What left");
        sent.Add(40, new KeyValuePair<string, object?>("mail.kind", "receipt"));
        sent.Add(2, new KeyValuePair<string, object?>("mail.kind", "receipt"));

        Assert.Equal(
            """
            # HELP mail_sent_bytes_total What left
            # TYPE mail_sent_bytes_total counter
            mail_sent_bytes_total{otel_scope_name="test.counter",mail_kind="receipt"} 42

            """,
            scraped.Page());
    }

    [Fact]
    public void Gauges_and_up_down_counters_are_gauges()
    {
        using var meter = new Meter("test.gauges");
        using var scraped = new ScrapedMeters(meter.Name);
        meter.CreateGauge<double>("a.level", "1").Record(0.25);
        meter.CreateUpDownCounter<int>("b.open", "{door}").Add(-3);
        meter.CreateObservableGauge("c.heat", () => double.NaN);
        meter.CreateObservableUpDownCounter("d.size", () => 1L << 40, "By");
        meter.CreateObservableCounter("e.time", () => double.PositiveInfinity, "s");
        meter.CreateGauge<long>("f.seats").Record(12);

        Assert.Equal(
            """
            # HELP a_level_ratio a.level
            # TYPE a_level_ratio gauge
            a_level_ratio{otel_scope_name="test.gauges"} 0.25
            # HELP b_open b.open
            # TYPE b_open gauge
            b_open{otel_scope_name="test.gauges"} -3
            # HELP c_heat c.heat
            # TYPE c_heat gauge
            c_heat{otel_scope_name="test.gauges"} NaN
            # HELP d_size_bytes d.size
            # TYPE d_size_bytes gauge
            d_size_bytes{otel_scope_name="test.gauges"} 1099511627776
            # HELP e_time_seconds_total e.time
            # TYPE e_time_seconds_total counter
            e_time_seconds_total{otel_scope_name="test.gauges"} +Inf
            # HELP f_seats f.seats
            # TYPE f_seats gauge
            f_seats{otel_scope_name="test.gauges"} 12

            """,
            scraped.Page());
    }

    [Fact]
    public void A_histogram_counts_up_to_each_bound()
    {
        using var meter = new Meter("test.histogram");
        using var scraped = new ScrapedMeters(meter.Name);
        var waits = meter.CreateHistogram("wait", "s", "How long", [], new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 1] });
        foreach (var seconds in (double[])[0.0005, 0.5, 0.5, 20])
        {
            waits.Record(seconds);
        }

        Assert.Equal(
            """
            # HELP wait_seconds How long
            # TYPE wait_seconds histogram
            wait_seconds_bucket{otel_scope_name="test.histogram",le="0.001"} 1
            wait_seconds_bucket{otel_scope_name="test.histogram",le="1"} 3
            wait_seconds_bucket{otel_scope_name="test.histogram",le="+Inf"} 4
            wait_seconds_sum{otel_scope_name="test.histogram"} 21.0005
            wait_seconds_count{otel_scope_name="test.histogram"} 4

            """,
            scraped.Page());
    }

    [Fact]
    public void A_histogram_without_bounds_has_one_bucket()
    {
        using var meter = new Meter("test.boundless");
        using var scraped = new ScrapedMeters(meter.Name);
        meter.CreateHistogram("wait", "s", "", [], new InstrumentAdvice<double> { HistogramBucketBoundaries = [] }).Record(2);

        Assert.Contains(
            """
            wait_seconds_bucket{otel_scope_name="test.boundless",le="+Inf"} 1
            wait_seconds_sum{otel_scope_name="test.boundless"} 2
            wait_seconds_count{otel_scope_name="test.boundless"} 1
            """,
            scraped.Page());
    }

    [Fact]
    public void Several_meters_share_one_family()
    {
        using var second = new Meter("test.share.b");
        using var first = new Meter("test.share.a");
        using var scraped = new ScrapedMeters("test.share.*");
        second.CreateCounter<int>("jobs", description: "Work").Add(2);
        second.CreateCounter<int>("aside", description: "Other work").Add(9);
        first.CreateCounter<int>("jobs", description: "Work").Add(1);

        Assert.Equal(
            """
            # HELP aside_total Other work
            # TYPE aside_total counter
            aside_total{otel_scope_name="test.share.b"} 9
            # HELP jobs_total Work
            # TYPE jobs_total counter
            jobs_total{otel_scope_name="test.share.a"} 1
            jobs_total{otel_scope_name="test.share.b"} 2

            """,
            scraped.Page());
    }

    [Fact]
    public void What_contradicts_a_family_is_left_out()
    {
        using var first = new Meter("test.odds.a");
        using var second = new Meter("test.odds.b");
        using var scraped = new ScrapedMeters("test.odds.*");
        first.CreateGauge<int>("depth", description: "Deep").Record(1);
        first.CreateGauge<int>("depth", description: "Deep, said otherwise").Record(2);
        second.CreateHistogram<double>("depth", description: "Deep").Record(3);

        Assert.Equal(
            """
            # HELP depth Deep
            # TYPE depth gauge
            depth{otel_scope_name="test.odds.a"} 1
            # left out, at odds with the above: test_odds_a
            # left out, at odds with the above: test_odds_b

            """,
            scraped.Page());
    }

    [Fact]
    public void Labels_and_help_are_escaped_and_no_label_is_said_twice()
    {
        using var meter = new Meter("test.escapes");
        using var scraped = new ScrapedMeters(meter.Name);
        meter.CreateCounter<int>("odd", description: "a\\b\nc").Add(
            1, new("a-b", "back\\slash \"quote\"\nline è 🙂"), new("a.b", "again"), new("le", "1"), new("2nd", null), new("open", true));

        Assert.Equal(
            """
            # HELP odd_total a\\b\nc
            # TYPE odd_total counter
            odd_total{otel_scope_name="test.escapes",_2nd="",a_b="back\\slash \"quote\"\nline è 🙂",open="true"} 1

            """,
            scraped.Page());
    }

    [Fact]
    public void A_page_of_many_chunks_keeps_every_letter()
    {
        using var meter = new Meter("test.long");
        using var scraped = new ScrapedMeters(meter.Name);
        var counter = meter.CreateCounter<int>("long");
        var faces = string.Concat(Enumerable.Repeat("🙂", 61));
        for (var number = 0; number < 500; number++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("face", $"{number}{faces}"));
        }

        var page = scraped.Page();
        Assert.DoesNotContain('\ufffd', page);
        Assert.Equal(500, page.Split(faces).Length - 1);
    }
}
