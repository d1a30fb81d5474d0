using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portico.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Tests.Behaviour.Delivery;

[Trait("Category", "Proof")]
public sealed class IdempotencyTests
{
    private const string Path = "/api/bookings/locations";

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_write_sent_again_with_its_key_is_answered_as_the_first_time_and_not_done_again(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, other) = (await platform.AdminAsync(), await platform.AdminAsync());

        var first = (await admin.PostAsync(Path, Place("Centro"), "key-1")).Expect(HttpStatusCode.Created);
        var again = (await admin.PostAsync(Path, Place("Centro"), "key-1")).Expect(HttpStatusCode.Created);

        Assert.Equal((first.Body, first.Headers.Location), (again.Body, again.Headers.Location));
        Assert.Equal(first.ContentHeaders.ContentType, again.ContentHeaders.ContentType);
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(["Centro"], await NamesAsync(platform));

        // The same key of somebody else, and no key at all, are other writes.
        (await other.PostAsync(Path, Place("Centro"), "key-1")).Expect(HttpStatusCode.Conflict);
        (await other.PostAsync(Path, Place("Porto"), "key-2")).Expect(HttpStatusCode.Created);
        (await admin.PostAsync(Path, Place("Centro"))).Expect(HttpStatusCode.Conflict);
        Assert.Equal(["Centro", "Porto"], await NamesAsync(platform));
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_key_belongs_to_one_request_and_looks_like_a_key(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var admin = await platform.AdminAsync();
        (await admin.PostAsync(Path, Place("Centro"), "key-1")).Expect(HttpStatusCode.Created);

        (await admin.PostAsync(Path, Place("Porto"), "key-1")).Expect(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await admin.PostAsync($"{Path}?x=1", Place("Centro"), "key-1")).Expect(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        foreach (var key in (string[])[" ", "two words", new string('k', 256), "chiave-è", "\t", "a\"\u007f"])
        {
            var answer = await RawRequest.SendAsync(
                platform.Gateway, "POST", Path, [$"Authorization: Bearer {admin.Token}", "Content-Type: application/json", $"Idempotency-Key: {key}"],
                System.Text.Encoding.UTF8.GetBytes("""{"name":"Porto","time_zone":"Europe/Rome"}"""));
            Assert.True(answer is { Status: 400, Code: "idempotency-key-malformed" } || (answer.Status == 400 && key.Contains('\u007f', StringComparison.Ordinal)), $"{key}: {answer}");
        }

        (await admin.PostAsync(Path, Place("Porto"), new string('k', 255))).Expect(HttpStatusCode.Created);
        Assert.Equal(["Centro", "Porto"], await NamesAsync(platform));
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_refusal_is_kept_too_and_leaves_nothing_behind(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var admin = await platform.AdminAsync();
        var centro = (await admin.PostAsync(Path, Place("Centro"))).Expect(HttpStatusCode.Created);

        (await admin.PostAsync(Path, Place("Centro"), "key-1")).Expect(HttpStatusCode.Conflict);
        (await admin.PatchAsync($"{Path}/{centro.Id}", new { name = "Porto" })).Expect(HttpStatusCode.OK);

        // It would be possible by now; the key says that it is the request of then.
        var again = (await admin.PostAsync(Path, Place("Centro"), "key-1")).Expect(HttpStatusCode.Conflict);
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal(["Porto"], await NamesAsync(platform));
        (await admin.PostAsync(Path, Place("Centro"), "key-2")).Expect(HttpStatusCode.Created);
        (await admin.PostAsync(Path, new { name = "", time_zone = "nowhere" }, "key-3")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await admin.PostAsync(Path, new { name = "", time_zone = "nowhere" }, "key-3")).Expect(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(["Centro", "Porto"], await NamesAsync(platform));
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Twenty_racers_with_one_key_have_one_effect_and_one_answer(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var admin = await platform.AdminAsync();
        for (var round = 0; round < 20; round++)
        {
            var (name, key) = ($"Place {round}", $"round-{round}");

            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.PostAsync(Path, Place(name), key)));

            Assert.All(answers, answer => answer.Expect(HttpStatusCode.Created));
            Assert.Single(answers.Select(answer => answer.Body).Distinct());
            Assert.Single(answers, answer => !answer.Headers.Contains("Idempotency-Replayed"));
        }

        Assert.Equal(20, (await NamesAsync(platform)).Count);
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Answers_with_secrets_are_never_kept(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var name = AccountSteps.NewName();

        var first = (await platform.Somebody().PostAsync("/api/auth/register", new { username = name, password = AccountSteps.GoodPassword }, "key-1")).Expect(HttpStatusCode.Created);
        (await platform.Somebody().PostAsync("/api/auth/register", new { username = name, password = AccountSteps.GoodPassword }, "key-1"))
            .Expect(HttpStatusCode.Conflict, "username-taken");

        Assert.NotEmpty(first.Text("token"));
        Assert.Empty(await platform.QueryAsync<string>("auth", "select key from answers"));
    }

    [Theory, InlineData(429, ""), InlineData(503, "1"), InlineData(409, "5")]
    public async Task What_says_to_try_again_is_neither_kept_nor_done(int status, string retryAfter)
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);

        var refused = await AnswerAsync(platform, async context =>
        {
            await AddPlaceAsync(context);
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter is "" ? default : new(retryAfter);
        });
        Assert.Equal(status, refused.StatusCode);
        Assert.Empty(await NamesAsync(platform));

        var done = await AnswerAsync(platform, AddPlaceAsync);
        var again = await AnswerAsync(platform, AddPlaceAsync);
        Assert.Equal((201, 201), (done.StatusCode, again.StatusCode));
        Assert.Equal((false, true), (done.Headers.ContainsKey("Idempotency-Replayed"), again.Headers.ContainsKey("Idempotency-Replayed")));
        Assert.Equal(["Centro"], await NamesAsync(platform));
    }

    [Fact]
    public async Task Who_is_gone_before_the_answer_is_written_gets_all_of_it_when_they_come_again()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        using var gone = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AnswerAsync(platform, async context =>
        {
            await AddPlaceAsync(context);
            context.RequestAborted = gone.Token;
            await gone.CancelAsync();
            await context.Response.WriteAsJsonAsync("all of it");
        }));
        Assert.Empty(await NamesAsync(platform));

        var done = await AnswerAsync(platform, AddPlaceAsync);
        Assert.Equal((201, false), (done.StatusCode, done.Headers.ContainsKey("Idempotency-Replayed")));
        Assert.Equal(["Centro"], await NamesAsync(platform));
    }

    /// <summary>No route that keeps answers says so of itself today: here the handler is the test's.</summary>
    private static async Task<HttpResponse> AnswerAsync(RunningPlatform platform, RequestDelegate handler)
    {
        await using var scope = platform.Apps[0].Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Headers["Idempotency-Key"] = "key-1";
        await scope.ServiceProvider.GetRequiredService<StoredAnswerMiddleware<BookingsModule>>().InvokeAsync(context, handler);
        return context.Response;
    }

    private static async Task AddPlaceAsync(HttpContext context)
    {
        await using var change = await context.RequestServices.GetRequiredService<Database<BookingsModule>>().BeginAsync(context.RequestAborted);
        await change.ExecuteAsync(
            "insert into locations (id, name, time_zone, created_at) values (@id, 'Centro', 'Europe/Rome', now())", new { id = Guid.CreateVersion7() }, context.RequestAborted);
        await change.CommitAsync(context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    private static object Place(string name) => new { name, time_zone = "Europe/Rome" };

    private static Task<IReadOnlyList<string>> NamesAsync(RunningPlatform platform) =>
        platform.QueryAsync<string>("bookings", "select name from locations order by name");
}
