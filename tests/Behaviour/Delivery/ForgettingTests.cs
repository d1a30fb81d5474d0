using Microsoft.Extensions.DependencyInjection;
using Portico.Bookings;
using Portico.Platform.Schedules;

namespace Portico.Tests.Behaviour.Delivery;

/// <summary>What is kept so that nothing is done twice is not kept for ever.</summary>
public sealed class ForgettingTests
{
    [Fact]
    public async Task Facts_received_a_month_ago_and_answers_stored_two_days_ago_are_forgotten()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var member = await platform.MemberAsync();
        await Eventually.TrueAsync(async () => await CountAsync(platform, "inbox") > 0, "bookings has not heard of the member");
        await platform.ExecuteAsync("bookings", $"insert into answers (caller, key, request_hash) values ('{member.Id}', 'one', '')");

        await ForgetAsync(platform, TimeSpan.FromHours(47));
        Assert.Equal(1, await CountAsync(platform, "answers"));

        await ForgetAsync(platform, TimeSpan.FromHours(2));
        Assert.Equal(0, await CountAsync(platform, "answers"));
        Assert.NotEqual(0, await CountAsync(platform, "inbox"));

        await ForgetAsync(platform, TimeSpan.FromDays(31));
        Assert.Equal(0, await CountAsync(platform, "inbox"));
    }

    private static async Task ForgetAsync(RunningPlatform platform, TimeSpan later)
    {
        platform.Clock.Advance(later);
        await using var scope = platform.Apps[0].Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ForgetReceived<BookingsModule>>().RunAsync(CancellationToken.None);
    }

    private static async Task<long> CountAsync(RunningPlatform platform, string table) =>
        (await platform.QueryAsync<long>("bookings", $"select count(*) from {table}"))[0];
}
