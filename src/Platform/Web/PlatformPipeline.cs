using Portico.Platform.Messaging;
using Portico.Platform.Modules;
using Portico.Platform.Telemetry;

namespace Portico.Platform.Web;

/// <summary>The order in which a request meets the platform; the same in every process.</summary>
public static class PlatformPipeline
{
    /// <summary>Problems for every refusal, strict JSON, outgoing requests, readiness.</summary>
    public static IHostApplicationBuilder AddPlatformWeb(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddProblemDetails(options => options.CustomizeProblemDetails = ProblemShape.Complete);
        services.AddExceptionHandler<FailureAnswers>();
        // Thrown rather than silently answered, so that FailureAnswers can say what is wrong.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => StrictJson.Apply(options.SerializerOptions));
        services.AddHttpLimits();
        services.AddOutgoingRequests();
        services.AddScoped<Data.ChangeScope>();
        services.AddScoped(typeof(StoredAnswerMiddleware<>));
        services.AddSingleton<IReadiness, SessionsReadiness>();
        return builder;
    }

    /// <summary>Builds the pipeline and maps every hosted module.</summary>
    public static WebApplication UsePlatform(this WebApplication app, IReadOnlyList<IModule> modules, Deployment deployment)
    {
        var frontDoor = modules.OfType<IFrontDoor>().SingleOrDefault();
        app.UseMetrics();
        app.UseTrustedProxies(behindGateway: frontDoor is null);
        app.UseRequestIds();
        app.UseRequestLog();
        app.UseExceptionHandler();
        app.UseKeptHeaders();
        app.UseStatusCodePages();
        app.UseCleanAddresses();
        app.UseUtf8Bodies();
        frontDoor?.UseBeforeAuthentication(app);
        app.UseBarePaths(deployment, frontDoor is not null);
        app.UseRouting();
        app.UseAuthentication();
        frontDoor?.UseAfterAuthentication(app);
        app.UseAuthorization();
        app.UseStoredAnswers();
        app.MapHealth();
        app.MapEventInbox();
        foreach (var module in modules)
        {
            module.MapEndpoints(app);
        }

        return app;
    }

    private static void UseStoredAnswers(this WebApplication app) => app.Use((context, next) =>
        context.Request.Headers.ContainsKey("Idempotency-Key")
        && !HttpMethods.IsGet(context.Request.Method)
        && context.GetEndpoint()?.Metadata.GetMetadata<StoredAnswers>()?.Middleware is { } type
            ? ((IMiddleware)context.RequestServices.GetRequiredService(type)).InvokeAsync(context, next)
            : next(context));
}
