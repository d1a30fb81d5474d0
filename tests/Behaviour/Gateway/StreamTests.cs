using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Portico.Tests.Behaviour.Gateway;

public sealed class StreamTests
{
    private const string Events = "/api/members/test-events";
    private const string Socket = "/api/members/test-socket";
    private const string Silence = "/api/members/test-silence";

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Each_event_of_a_stream_arrives_before_the_next_one_is_made(Shape shape)
    {
        using var next = new SemaphoreSlim(0);
        await using var platform = await StartAsync(shape, next);
        var anna = await platform.MemberAsync();
        using var client = ClientOf(anna);
        using var response = await client.GetAsync(new Uri(platform.Gateway, Events), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var number = 0; number < 3; number++)
        {
            next.Release();
            Assert.Equal($"data: {number}", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(5)));
            Assert.Equal("", await reader.ReadLineAsync());
        }
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_web_socket_passes(Shape shape)
    {
        using var next = new SemaphoreSlim(0);
        await using var platform = await StartAsync(shape, next);
        var anna = await platform.MemberAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {anna.Token}");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await socket.ConnectAsync(new UriBuilder(new Uri(platform.Gateway, Socket)) { Scheme = "ws" }.Uri, patience.Token);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, patience.Token);
        var buffer = new byte[100];
        var echo = await socket.ReceiveAsync(buffer, patience.Token);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, echo.Count));
    }

    [Fact]
    public async Task A_module_that_says_nothing_is_a_504()
    {
        using var never = new SemaphoreSlim(0);
        await using var platform = await StartAsync(Shape.ProcessPerModule, never, new() { ["Gateway:ForwardTimeout"] = "00:00:01" });
        var anna = await platform.MemberAsync();
        (await anna.GetAsync(Silence)).Expect(HttpStatusCode.GatewayTimeout, "module-timeout");
    }

    private static Task<RunningPlatform> StartAsync(Shape shape, SemaphoreSlim next, Dictionary<string, string?>? settings = null) =>
        RunningPlatform.StartAsync(shape, settings, builder => builder.Services.AddSingleton<IStartupFilter>(new TestRoutes(next)));

    private static HttpClient ClientOf(Person person)
    {
        var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", person.Token);
        return client;
    }

    // Stands for what later modules stream: the gateway has none of its own. In the process of the gateway alone it lets pass.
    private sealed class TestRoutes(SemaphoreSlim next) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> rest) => app =>
        {
            if (app.ApplicationServices.GetRequiredService<Portico.Platform.Modules.Deployment>().Hosts("members"))
            {
                app.UseWebSockets();
                app.Use(AnswerAsync);
            }

            rest(app);
        };

        private async Task AnswerAsync(HttpContext context, RequestDelegate otherwise)
        {
            switch (context.Request.Path.Value)
            {
                case Events:
                    context.Response.ContentType = "text/event-stream";
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    for (var number = 0; number < 3; number++)
                    {
                        await next.WaitAsync(context.RequestAborted);
                        await context.Response.WriteAsync($"data: {number}\n\n", context.RequestAborted);
                        await context.Response.Body.FlushAsync(context.RequestAborted);
                    }

                    break;
                case Socket:
                    using (var socket = await context.WebSockets.AcceptWebSocketAsync())
                    {
                        var buffer = new byte[100];
                        var message = await socket.ReceiveAsync(buffer, context.RequestAborted);
                        await socket.SendAsync(buffer.AsMemory(0, message.Count), WebSocketMessageType.Text, true, context.RequestAborted);
                    }

                    break;
                case Silence:
                    await next.WaitAsync(context.RequestAborted);
                    break;
                default:
                    await otherwise(context);
                    break;
            }
        }
    }
}
