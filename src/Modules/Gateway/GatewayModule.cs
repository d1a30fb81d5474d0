using Microsoft.Extensions.Options;
using Portico.Gateway.Forwarding;
using Portico.Gateway.Guards;
using Portico.Gateway.Limits;
using Portico.Platform.Modules;

namespace Portico.Gateway;

/// <summary>Stands in front of every module: who is calling, how often, where to.</summary>
public sealed class GatewayModule(Deployment deployment) : IModule, IFrontDoor
{
    public string Name => "gateway";

    public void AddServices(IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RateLimitingOptions>().BindConfiguration(RateLimitingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<SessionCookies>();
        services.AddCors();
        if (ForwardedRoutes.Elsewhere(deployment).Any())
        {
            services.AddForwarding(deployment);
        }
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        if (ForwardedRoutes.Elsewhere(deployment).Any())
        {
            routes.MapForwarding();
        }
    }

    public void UseBeforeAuthentication(IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var cookies = app.ApplicationServices.GetRequiredService<SessionCookies>();
        app.UseSecurityHeaders();
        app.UseAliases();
        app.UseBodyLimit();
        if (options.Origins.Length > 0)
        {
            app.UseCors(cors => cors.WithOrigins(options.Origins).AllowAnyHeader().AllowAnyMethod().AllowCredentials()
                .WithExposedHeaders("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "X-Request-Id", "Location")
                .SetPreflightMaxAge(TimeSpan.FromHours(1)));
        }

        app.Use(next => context => cookies.InvokeAsync(context, next));
    }

    public void UseAfterAuthentication(IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<RateLimits>();
        app.Use(next => context => limits.InvokeAsync(context, next));
    }
}
