using FsCheck;
using FsCheck.Fluent;
using static Portico.Tests.Behaviour.Bookings.Walks.WalkStep;

namespace Portico.Tests.Behaviour.Bookings.Walks;

[Trait("Category", "Proof")]
public sealed class RandomWalkTests(ITestOutputHelper output)
{
    private const int Steps = 40;

    // Without these most walks would be over before they came far.
    private static readonly WalkStep[] Often = [OwnerHolds, OwnerHolds, OwnerHolds, OwnerConfirms, OwnerConfirms, StaffApprove, IsPaid, DoorsOpen];

    public static IEnumerable<TheoryDataRow<Shape, int>> Walks =>
        [.. Enum.GetValues<Shape>().Select(shape => new TheoryDataRow<Shape, int>(shape, 10)),
         .. Enum.GetValues<Shape>().Select(shape => new TheoryDataRow<Shape, int>(shape, 150) { Traits = { ["Category"] = ["Proof"] } })];

    [Theory, MemberData(nameof(Walks))]
    public async Task Whatever_is_done_to_a_booking_the_platform_does_what_the_model_says(Shape shape, int walks)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var place = await platform.AddOpenPlaceAsync();
        SortedDictionary<string, int> reached = [];
        await Task.Run(() => Prop.ForAll(Drawn(), WalkAsync).Check(Config.QuickThrowOnFailure.WithMaxTest(walks)), TestContext.Current.CancellationToken);
        output.WriteLine(string.Join(", ", reached.Select(status => $"{status.Key} {status.Value}")));

        async Task WalkAsync((int Terms, WalkStep[] Steps) drawn)
        {
            var walk = await BookingWalk.BeginAsync(platform, place, (drawn.Terms & 1) > 0, (drawn.Terms & 2) > 0, (drawn.Terms & 4) > 0);
            foreach (var step in drawn.Steps)
            {
                if (await walk.GoAsync(step) is { } status)
                {
                    reached[status] = reached.GetValueOrDefault(status) + 1;
                }
            }

            await walk.EndAsync();
        }
    }

    private static Arbitrary<(int Terms, WalkStep[] Steps)> Drawn() => Arb.From(
        from terms in Gen.Choose(0, 7)
        from steps in Gen.Elements([.. Enum.GetValues<WalkStep>(), .. Often]).ArrayOf(Steps)
        select (terms, steps),
        drawn => Shorter(drawn.Item2).Select(steps => (drawn.Item1, steps)));

    private static IEnumerable<WalkStep[]> Shorter(WalkStep[] steps)
    {
        if (steps.Length > 3)
        {
            yield return steps[..(steps.Length / 2)];
            yield return steps[(steps.Length / 2)..];
        }

        for (var left = 0; left < steps.Length; left++)
        {
            yield return [.. steps[..left], .. steps[(left + 1)..]];
        }
    }
}
