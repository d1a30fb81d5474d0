using Portico.Notifications.Deliveries;

namespace Portico.Tests.Modules.Notifications;

public sealed class RetriesTests
{
    [Theory, InlineData(1, 30), InlineData(2, 60), InlineData(5, 480), InlineData(11, 21_600), InlineData(1000, 21_600)]
    public void Each_wait_is_twice_as_long_and_six_hours_at_most(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Retries.WaitAfter(attempts, TimeSpan.FromSeconds(30)));

    [Fact]
    public void Thirteen_attempts_take_the_better_part_of_a_day() => Assert.InRange(
        Enumerable.Range(1, 12).Sum(attempt => Retries.WaitAfter(attempt, TimeSpan.FromSeconds(30)).TotalHours), 18, 24);
}
