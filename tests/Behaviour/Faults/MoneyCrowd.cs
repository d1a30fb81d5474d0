using System.Collections.Concurrent;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>People who live with their money, all at the front door, and a newcomer among them, while something is taken away.</summary>
internal sealed class MoneyCrowd(MoneyProcesses processes, IReadOnlyList<Purse> purses, Guid[] rooms, DateTimeOffset from, Random random)
{
    private const int Meanwhile = 20;
    private static readonly string[] NeverStored = ["begin", "give up", "look", "register", "login"];
    private readonly UntilAnswered asking = new([processes.Platform.Gateway]);
    private readonly ConcurrentBag<Purse> newcomers = [];

    public IEnumerable<Purse> Newcomers => newcomers;

    public int Interrupted => asking.Interrupted;

    public int Answered => asking.Sent.Count;

    /// <summary>What is answered the same again to whoever sends it again.</summary>
    public IEnumerable<SentAct> Stored => asking.Sent.Where(sent => !NeverStored.Contains(sent.Act));

    /// <summary>Until so many transactions were made before the blow, and <paramref name="together"/> with those after it; some come when it is over.</summary>
    public async Task RunAsync(int before, int together, Blow blow)
    {
        var over = false;
        var walks = purses.Select(purse => new MoneyLife(purse, asking, rooms, from, Chance)).Select(async life =>
        {
            while (!over)
            {
                await life.DoSomethingAsync();
            }
        }).Append(ComeAsync()).ToList();
        await MadeAsync(before);
        await processes.SufferAsync(blow, () => MadeAsync(Meanwhile));
        await MadeAsync(Math.Max(Meanwhile, together - purses.Sum(purse => purse.Transactions)));
        over = true;
        await Task.WhenAll(walks);

        Task MadeAsync(int more)
        {
            var enough = purses.Sum(purse => purse.Transactions) + more;
            return Eventually.TrueAsync(
                () => Task.FromResult(purses.Sum(purse => purse.Transactions) >= enough || walks.Exists(walk => walk.IsFaulted)),
                "they are not answered", UntilAnswered.Patience);
        }
    }

    /// <summary>Somebody who was not there before owes something at once.</summary>
    private async Task ComeAsync()
    {
        var person = processes.Platform.Somebody();
        (person.Username, person.Password) = (AccountSteps.NewName("newcomer"), AccountSteps.GoodPassword);
        var registered = await asking.SendAsync(
            person, "register", HttpMethod.Post, "/api/auth/register", new { username = person.Username, password = person.Password, email = $"{person.Username}@example.org" });
        if (!registered.Succeeded)
        {
            // They were, and did not hear of it.
            registered.Expect(HttpStatusCode.Conflict, "username-taken");
            registered = await asking.SendAsync(person, "login", HttpMethod.Post, "/api/auth/login", new { username = person.Username, password = person.Password });
        }

        (person.Id, person.Token) = (registered.Id, registered.Text("token"));
        var purse = new Purse(person);
        newcomers.Add(purse);
        await new MoneyLife(purse, asking, rooms, from, Chance).OweAsync();
    }

    private int Chance(int ways)
    {
        lock (random)
        {
            return random.Next(ways);
        }
    }
}
