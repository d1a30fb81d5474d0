using FsCheck;
using FsCheck.Fluent;
using Portico.Auth.Domain;

namespace Portico.Tests.Modules.Auth;

public sealed class FailureBlockTests
{
    private static readonly FailureBlock Rule = new(Allowed: 5, First: TimeSpan.FromSeconds(30), Longest: TimeSpan.FromMinutes(15));

    [Theory]
    [InlineData(1, null)]
    [InlineData(4, null)]
    [InlineData(5, 30)]
    [InlineData(6, 60)]
    [InlineData(7, 120)]
    [InlineData(9, 480)]
    [InlineData(10, 900)]
    [InlineData(11, 900)]
    [InlineData(int.MaxValue, 900)]
    public void The_fifth_failure_blocks_and_each_further_one_twice_as_long(int failures, int? seconds) =>
        Assert.Equal(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, Rule.After(failures));

    [Fact]
    public void One_failure_more_never_shortens_the_wait() => Prop.ForAll(Rules(), ArbMap.Default.ArbFor<PositiveInt>(), (rule, failures) =>
        (rule.After(failures.Get) ?? TimeSpan.Zero) <= (rule.After(failures.Get + 1) ?? TimeSpan.Zero)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_wait_lies_between_the_first_and_the_longest() => Prop.ForAll(Rules(), ArbMap.Default.ArbFor<PositiveInt>(), (rule, failures) =>
        rule.After(failures.Get) is { } wait
            ? failures.Get >= rule.Allowed && wait >= rule.First && wait <= rule.Longest
            : failures.Get < rule.Allowed).QuickCheckThrowOnFailure();

    private static Arbitrary<FailureBlock> Rules() =>
        (from allowed in Gen.Choose(1, 50)
         from first in Gen.Choose(1, 3600)
         from more in Gen.Choose(0, 86_400)
         select new FailureBlock(allowed, TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(first + more))).ToArbitrary();
}
