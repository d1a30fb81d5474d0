using Portico.Auth.Features;
using Portico.Auth.Passwords;
using Portico.Auth.Sessions;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Modules;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Auth;

/// <summary>Accounts, passwords, sessions: who somebody is.</summary>
public sealed class AuthModule : IModule
{
    public string Name => "auth";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddModuleDatabase<AuthModule>(Name);
        var services = builder.Services;
        services.AddValidation();
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddPasswords();
        services.AddScoped<SessionStart>();
        services.AddSingleton<IRevocationFeed, RevocationFeed>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var auth = routes.MapModule<AuthModule>(Name);
        var open = auth.MapGroup("").NeverStoreAnswers();
        open.MapPost("/register", Register.Handle).AllowAnyone().WithName("Register").WithSummary("Make an account and sign in");
        open.MapPost("/login", Login.Handle).AllowAnyone().WithName("Login").WithSummary("Sign in");
        auth.MapPost("/logout", Logout.Handle).RequireAuthorization(Policies.AnyPassword).WithName("Logout").WithSummary("End this session");
        auth.MapGet("/me", ShowMe.Handle).RequireAuthorization(Policies.AnyPassword).WithName("ShowMe").WithSummary("The signed-in account");
        routes.MapGet(RevocationFeedClient.Path, ReadEndedSessions.Handle).RequireAuthorization(Policies.Service).ExcludeFromDescription();
    }
}
