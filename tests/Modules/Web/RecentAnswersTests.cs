using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Portico.Platform.Data;
using Portico.Platform.Web;
using Portico.Tests.Security;

namespace Portico.Tests.Modules.Web;

public sealed class RecentAnswersTests : IAsyncDisposable
{
    private readonly SettableClock clock = new();
    private readonly ModuleDataSource<RecentAnswersTests> module = new("nobody", NpgsqlDataSource.Create("Host=127.0.0.1;Port=1"));
    private readonly RecentAnswers<RecentAnswersTests> recent;
    private int truth = 1;

    public RecentAnswersTests() => recent = new(module, Options.Create(new JsonOptions()), clock);

    [Fact]
    public async Task What_changes_elsewhere_is_seen_after_a_second()
    {
        Assert.Equal(1, await AskAsync());
        truth = 2;
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(1, await AskAsync());
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, await AskAsync());
    }

    [Fact]
    public async Task What_changes_here_is_seen_at_once()
    {
        Assert.Equal(1, await AskAsync());
        truth = 2;
        module.HasCommitted();
        Assert.Equal(2, await AskAsync());
    }

    [Fact]
    public async Task Whoever_read_before_a_change_leaves_nothing_for_those_who_come_after_it()
    {
        var (reads, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = AskAsync(async () =>
        {
            var read = truth;
            reads.SetResult();
            await goesOn.Task;
            return read;
        });
        await reads.Task;
        truth = 2;
        module.HasCommitted();
        goesOn.SetResult();
        Assert.Equal(1, await slow);
        Assert.Equal(2, await AskAsync());
    }

    [Fact]
    public async Task Another_question_has_an_answer_of_its_own()
    {
        Assert.Equal(1, await AskAsync());
        truth = 2;
        Assert.Equal(2, await AskAsync(question: "another"));
        Assert.Equal(1, await AskAsync());
    }

    public ValueTask DisposeAsync()
    {
        recent.Dispose();
        return module.DisposeAsync();
    }

    private Task<int> AskAsync(string question = "which") => AskAsync(() => Task.FromResult(truth), question);

    private async Task<int> AskAsync(Func<Task<int>> read, string question = "which")
    {
        using var body = new MemoryStream();
        await (await recent.GetAsync(question, read)).ExecuteAsync(new DefaultHttpContext { Response = { Body = body } });
        return JsonSerializer.Deserialize<int>(body.ToArray());
    }
}
