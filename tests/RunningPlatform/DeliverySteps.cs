namespace Portico.Tests;

/// <summary>Waits for what one module tells the others.</summary>
public static class DeliverySteps
{
    /// <summary>Until everything that <paramref name="module"/> has said of <paramref name="key"/> has reached everybody.</summary>
    public static Task ToldAsync(this RunningPlatform platform, string module, Guid key) => Eventually.TrueAsync(
        async () => (await platform.QueryAsync<long>(module, "select count(*) from outbox where key = @key and parked_at is null", new { key })).Single() == 0,
        $"what {module} says of {key} does not arrive");
}
