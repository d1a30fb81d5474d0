using System.Net.Http.Json;

namespace Portico.Bench.Load;

/// <summary>People who sign in with the right password, again as soon as they are answered.</summary>
internal sealed class Storm(HttpClient client, IReadOnlyList<string> usernames)
{
    private const string Password = "a storm of logins 42";
    private const int Accounts = 8;

    public static async Task<Storm> GatherAsync(HttpClient client, CancellationToken cancellationToken)
    {
        List<string> usernames = [];
        for (var number = 0; number < Accounts; number++)
        {
            var username = $"storm-{number}-{Environment.ProcessId}";
            using var answer = await client.PostAsJsonAsync("/api/auth/register", new { username, password = Password }, cancellationToken);
            answer.EnsureSuccessStatusCode();
            usernames.Add(username);
        }

        return new(client, usernames);
    }

    /// <summary>Until cancelled; answers how many signed in.</summary>
    public async Task<int> RageAsync(int people, CancellationToken cancellationToken) =>
        (await Task.WhenAll(Enumerable.Range(0, people).Select(person => SignInAsync(usernames[person % usernames.Count], cancellationToken)))).Sum();

    private async Task<int> SignInAsync(string username, CancellationToken cancellationToken)
    {
        var signedIn = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var answer = await client.PostAsJsonAsync("/api/auth/login", new { username, password = Password }, cancellationToken);
                signedIn += answer.IsSuccessStatusCode ? 1 : 0;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The storm is over; this login was still waiting for its turn.
            }
        }

        return signedIn;
    }
}
