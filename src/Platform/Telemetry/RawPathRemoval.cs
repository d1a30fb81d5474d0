using System.Diagnostics;
using OpenTelemetry;

namespace Portico.Platform.Telemetry;

/// <summary>Takes addresses out of spans: a path or a query may hold a code; the route says enough.</summary>
internal sealed class RawPathRemoval : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        data.SetTag("url.path", null);
        data.SetTag("url.query", null);
        data.SetTag("url.full", null);
    }
}
