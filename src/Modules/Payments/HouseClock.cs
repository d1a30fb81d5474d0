using Microsoft.Extensions.Options;
using Portico.Payments.Documents;
using Portico.Platform.Time;

namespace Portico.Payments;

/// <summary>The time, and which day it is in the house.</summary>
internal sealed class HouseClock(IOptions<DocumentsOptions> options, TimeProvider time)
{
    public DateTimeOffset Now => time.GetStoredNow();

    public DateOnly DayOf(DateTimeOffset instant) => LocalDay.Of(instant, options.Value.FindZone());
}
