using System.Collections.Concurrent;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>A booking as its owner was told of it.</summary>
internal sealed class ToldBooking(Person owner, Answer held)
{
    public Guid Id { get; } = held.Id;

    public Person Owner => owner;

    public Answer Last { get; private set; } = held;

    public string Status { get; private set; } = "held";

    /// <summary>What was done to it, as far as they know.</summary>
    public List<string> Acts { get; } = ["hold"];

    public Guid Room => Last["space"].GetProperty("id").GetGuid();

    public DateTimeOffset StartsAt => Last["starts_at"].GetDateTimeOffset();

    public void Hear(string act, Answer answer)
    {
        if (answer.Succeeded)
        {
            (Last, Status) = (answer, answer.Text("status"));
            Acts.Add(act);
            return;
        }

        // What was away for long has let it lapse; what somebody else has cannot be had.
        Status = answer.Expect(HttpStatusCode.Conflict).Code switch
        {
            "hold-expired" => "expired",
            "space-taken" when act == "change" => Status,
            _ => throw new InvalidOperationException($"{act}: {answer}"),
        };
    }
}

/// <summary>
/// People who hold, confirm, change, cancel and come, each with keys, and who ask again, of any process, until they are answered.
/// </summary>
internal sealed class BookingCrowd(BookingProcesses processes, IReadOnlyList<Person> people, Person staff, Guid[] rooms, DateTimeOffset from, Random random)
{
    public const int Slots = 8;
    private readonly UntilAnswered asking = new(processes.Addresses);
    private int answered;

    public ConcurrentQueue<SentAct> Sent => asking.Sent;

    public ConcurrentQueue<ToldBooking> Bookings { get; } = [];

    /// <summary>How often somebody heard nothing, or that they should come back.</summary>
    public int Interrupted => asking.Interrupted;

    /// <summary>Until so many were answered after the strike, which comes after as many.</summary>
    public async Task RunAsync(int answers, Func<Task> strike)
    {
        var over = false;
        var walks = people.Select(async person =>
        {
            while (!over)
            {
                await BookAsync(person);
            }
        }).ToList();
        await AnsweredAsync(answers);
        await strike();
        await AnsweredAsync(answers);
        over = true;
        await Task.WhenAll(walks);

        Task AnsweredAsync(int more)
        {
            var enough = Volatile.Read(ref answered) + more;
            return Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref answered) >= enough || walks.Exists(walk => walk.IsFaulted)), "they are not answered", UntilAnswered.Patience);
        }
    }

    private async Task BookAsync(Person owner)
    {
        var held = await SendAsync(owner, "hold", HttpMethod.Post, "/api/bookings", Somewhere());
        if (!held.Succeeded)
        {
            held.Expect(HttpStatusCode.Conflict, "space-taken");
            return;
        }

        var booking = new ToldBooking(owner, held.Expect(HttpStatusCode.Created));
        Bookings.Enqueue(booking);
        string[] life = Chance(6) switch
        {
            0 => [],
            1 => ["cancel"],
            2 => ["confirm", "change"],
            3 => ["confirm", "change", "cancel"],
            4 => ["confirm", "check-in", "check-out"],
            _ => ["confirm", "check-in"],
        };
        foreach (var act in life)
        {
            var answer = act == "change"
                ? await SendAsync(owner, act, HttpMethod.Patch, $"/api/bookings/{booking.Id}", Somewhere())
                : await SendAsync(act == "check-in" ? staff : owner, act, HttpMethod.Post, $"/api/bookings/{booking.Id}/{act}", null);
            booking.Hear(act, answer);
            if (booking.Status == "expired")
            {
                return;
            }
        }
    }

    private async Task<Answer> SendAsync(Person person, string act, HttpMethod method, string path, object? body)
    {
        var answer = await asking.SendAsync(person, act, method, path, body);
        Interlocked.Increment(ref answered);
        return answer;
    }

    private object Somewhere()
    {
        var start = from.AddHours(Chance(Slots));
        return new { space_id = rooms[Chance(rooms.Length)], starts_at = start, ends_at = start.AddHours(1) };
    }

    private int Chance(int ways)
    {
        lock (random)
        {
            return random.Next(ways);
        }
    }
}
