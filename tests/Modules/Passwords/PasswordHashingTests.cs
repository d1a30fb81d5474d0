using System.Diagnostics;
using Portico.Auth.Passwords;

namespace Portico.Tests.Modules.Passwords;

public sealed class PasswordHashingTests : IDisposable
{
    private const int Cost = 8;
    private readonly HashingWorkers workers = Setting.Workers(workers: 2);
    private readonly PasswordHashing hashing;

    public PasswordHashingTests() => hashing = workers.Hashing(Cost);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => workers.Dispose();

    [Fact]
    public async Task A_password_is_hashed_at_the_configured_cost_and_verified()
    {
        var hash = await hashing.HashAsync("correct horse", Cancelled);

        Assert.Equal(Cost, Bcrypt.CostOf(hash));
        Assert.True(await hashing.VerifyAsync("correct horse", hash, Cancelled));
        Assert.False(await hashing.VerifyAsync("correct house", hash, Cancelled));
        Assert.False(await hashing.VerifyAsync(new string('a', 73), hash, Cancelled));
        Assert.False(await hashing.VerifyAsync("correct\0horse", hash, Cancelled));
        Assert.False(await hashing.VerifyAsync("correct horse", "!", Cancelled));
    }

    [Fact]
    public async Task Many_at_once_do_not_mix_up()
    {
        var hashes = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => hashing.HashAsync($"password of {number}", Cancelled)));
        var right = await Task.WhenAll(hashes.Select((hash, number) => hashing.VerifyAsync($"password of {number}", hash, Cancelled)));
        var wrong = await Task.WhenAll(hashes.Select((hash, number) => hashing.VerifyAsync($"password of {number + 1}", hash, Cancelled)));

        Assert.All(right, Assert.True);
        Assert.All(wrong, Assert.False);
    }

    [Fact]
    public void A_hash_is_made_anew_when_it_is_cheaper_or_of_another_form()
    {
        const string SaltAndDigest = "CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

        Assert.All(["$2b$07$", "$2a$08$", "$2y$12$"], prefix => Assert.True(hashing.NeedsRehash(prefix + SaltAndDigest)));
        Assert.All(["$2b$08$", "$2b$12$"], prefix => Assert.False(hashing.NeedsRehash(prefix + SaltAndDigest)));
        Assert.All(["!", ""], unreadable => Assert.True(hashing.NeedsRehash(unreadable)));
    }

    [Fact]
    public async Task An_answer_takes_the_same_time_whoever_is_asked_for()
    {
        var hash = await hashing.HashAsync("correct horse", Cancelled);
        var older = Bcrypt.Hash("correct horse", Cost - 3);
        Func<Task>[] asked =
        [
            () => hashing.VerifyAsync("wrong", hash, Cancelled),
            () => hashing.VerifyAsync("correct horse", hash, Cancelled),
            () => hashing.BurnAsync("wrong", Cancelled),
            () => hashing.BurnAsync(new string('a', 1000), Cancelled),
            () => hashing.VerifyAsync("wrong", older, Cancelled),
            () => hashing.VerifyAsync("wrong", "!", Cancelled),
            () => hashing.VerifyAsync(new string('a', 1000), hash, Cancelled),
        ];

        var took = asked.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < 15; round++)
        {
            for (var each = 0; each < asked.Length; each++)
            {
                var start = Stopwatch.GetTimestamp();
                await asked[each]();
                took[each].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        // Generous, for a busy machine: what skips the work takes less than a hundredth.
        var medians = took.Select(times => times.Order().ElementAt(times.Count / 2)).ToArray();
        Assert.All(medians, median => Assert.InRange(median / medians[0], 0.5, 2));
    }
}
