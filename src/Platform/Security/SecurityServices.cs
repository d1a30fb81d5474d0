using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Portico.Platform.Modules;

namespace Portico.Platform.Security;

/// <summary>Tokens, keys, roles: the same in every process.</summary>
public static class SecurityServices
{
    /// <summary>Authentication by access token, authorization closed by default, and the key rings under the data folder.</summary>
    public static IHostApplicationBuilder AddPlatformSecurity(this IHostApplicationBuilder builder, Deployment deployment)
    {
        var services = builder.Services;
        services.AddOptions<TokenOptions>().BindConfiguration(TokenOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new KeyRings(
            provider.GetRequiredService<IOptions<TokenOptions>>().Value.KeyFolder is { Length: > 0 } folder ? folder : Path.Combine(deployment.DataFolder, "keys"),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<KeyRings>>()));
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<TokenValidator>();
        services.AddSingleton<ValidatedTokens>();
        services.AddSingleton<LastingRequests>();
        services.AddSingleton<RevokedSessions>();
        services.AddSingleton<SealedText>();
        services.AddTransient<ServiceTokenHandler>();
        services.AddHostedService<RevocationReader>();
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentUser>();
        services.AddAuthentication(BearerHandler.Scheme)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Scheme, null)
            .AddScheme<AuthenticationSchemeOptions, ServiceHandler>(ServiceHandler.Scheme, null);
        services.AddAuthorization(Policies.Add);
        return builder;
    }
}
