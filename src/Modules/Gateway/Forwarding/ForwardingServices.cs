using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Portico.Platform.Modules;
using Portico.Platform.Web;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;

namespace Portico.Gateway.Forwarding;

/// <summary>YARP between the front door and the modules elsewhere.</summary>
internal static class ForwardingServices
{
    private static readonly DistributedContextPropagator Propagator = DistributedContextPropagator.CreateDefaultPropagator();

    public static void AddForwarding(this IServiceCollection services, Deployment deployment)
    {
        services.AddReverseProxy()
            .ConfigureHttpClient((_, handler) =>
            {
                handler.ConnectTimeout = TimeSpan.FromSeconds(2);
                // Headers are read as UTF-8. Sent as ASCII, one with an accent would count as a failure of the module, and enough
                // of them as its absence.
                handler.RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8;
                // The handler would make an activity of its own for every request; the trace is passed on below.
                handler.ActivityHeadersPropagator = null;
            })
            .AddTransforms(transforms =>
            {
                // One address, the one this gateway has made out: whatever the caller claimed stays outside.
                transforms.AddXForwardedFor(action: ForwardedTransformActions.Set);
                transforms.AddXForwardedProto(action: ForwardedTransformActions.Set);
                transforms.AddXForwardedHost(action: ForwardedTransformActions.Remove);
                transforms.AddXForwardedPrefix(action: ForwardedTransformActions.Remove);
                transforms.AddRequestTransform(PassTraceOnAsync);
                transforms.AddResponseTransform(KeepOneOfEachAsync);
                transforms.AddResponseTransform(OpenStreamsAtOnceAsync);
            });
        // What failed counts for as long as a module is left alone: YARP leaves it alone for the longer of the two, a minute.
        services.AddOptions<TransportFailureRateHealthPolicyOptions>()
            .Configure<IOptions<GatewayOptions>>((policy, gateway) => policy.DetectionWindowSize = gateway.Value.RestAfterFailure);
        services.AddNeighbourReadiness(deployment);
        services.AddSingleton<IProxyConfigProvider>(provider =>
            new InMemoryConfigProvider(
                ForwardedRoutes.Routes(deployment), ForwardedRoutes.Clusters(deployment, provider.GetRequiredService<IOptions<GatewayOptions>>().Value)));
    }

    public static void MapForwarding(this IEndpointRouteBuilder routes) => routes.MapReverseProxy(proxy =>
    {
        proxy.Use(async (context, next) =>
        {
            await next(context);
            if (!context.Response.HasStarted && Refusal(context) is { } refusal)
            {
                await refusal.ExecuteAsync(context);
            }
        });
        proxy.UsePassiveHealthChecks();
    });

    private static void AddNeighbourReadiness(this IServiceCollection services, Deployment deployment)
    {
        services.AddHttpClient(NeighbourReadiness.ClientName, client => client.Timeout = TimeSpan.FromSeconds(2));
        foreach (var module in ForwardedRoutes.Elsewhere(deployment))
        {
            services.AddSingleton<IReadiness>(provider => ActivatorUtilities.CreateInstance<NeighbourReadiness>(provider, module));
        }
    }

    private static ValueTask PassTraceOnAsync(RequestTransformContext context)
    {
        Propagator.Inject(Activity.Current, context.ProxyRequest.Headers, static (headers, name, value) =>
        {
            var outgoing = (HttpRequestHeaders)headers!;
            outgoing.Remove(name);
            outgoing.TryAddWithoutValidation(name, value);
        });
        return ValueTask.CompletedTask;
    }

    // YARP adds the module's headers to those set here; of these there is to be one. The module knows best what may be kept.
    private static ValueTask KeepOneOfEachAsync(ResponseTransformContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        headers["X-Request-Id"] = context.HttpContext.TraceIdentifier;
        if (context.ProxyResponse?.Headers.CacheControl is { } caching)
        {
            headers.CacheControl = caching.ToString();
        }

        return ValueTask.CompletedTask;
    }

    // Otherwise a subscriber would only learn that it is subscribed when the first event comes.
    private static async ValueTask OpenStreamsAtOnceAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse?.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            var caller = context.HttpContext;
            // How long a stream lasts says nothing about how fast anything is.
            caller.Features.Get<IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
            EndWithTheProcess(caller);
            await caller.Response.Body.FlushAsync(caller.RequestAborted);
        }
    }

    // A stream has no end of its own that the server could wait for when it is told to stop.
    private static void EndWithTheProcess(HttpContext caller)
    {
        var stopping = caller.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        caller.Response.RegisterForDispose(stopping.UnsafeRegister(static caller => ((HttpContext)caller!).Abort(), caller));
    }

    // Only failures of the way there: a 503 of the module's own has its own body.
    private static IResult? Refusal(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status503ServiceUnavailable when context.GetForwarderErrorFeature()?.Error is null or ForwarderError.NoAvailableDestinations =>
            Problems.Unavailable("module-unavailable", "This part of the platform cannot be reached for the moment."),
        StatusCodes.Status502BadGateway => Problems.BadGateway("module-unreachable", "This part of the platform cannot be reached for the moment."),
        StatusCodes.Status504GatewayTimeout => Problems.GatewayTimeout("module-timeout", "This part of the platform took too long to answer."),
        _ => null,
    };
}
