using Portico.Auth.Accounts;
using Portico.Auth.Demo;
using Portico.Auth.Features.Admin;
using Portico.Auth.Log;
using Portico.Auth.Messages;
using Portico.Auth.Passwords;
using Portico.Auth.Schedules;
using Portico.Auth.Sessions;
using Portico.Auth.Throttling;
using Portico.Contracts.Auth;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Modules;
using Portico.Platform.Schedules;
using Portico.Platform.Web;

namespace Portico.Auth;

/// <summary>Accounts, passwords, sessions: who somebody is.</summary>
public sealed class AuthModule : IModule
{
    public string Name => "auth";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddModuleDatabase<AuthModule>(Name);
        builder.AddModuleSchedules<AuthModule>();
        var services = builder.Services;
        services.AddValidation();
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LoginThrottleOptions>().BindConfiguration(LoginThrottleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddPasswords();
        services.AddScoped<PasswordCheck>().AddScoped<OwnPassword>();
        services.AddSingleton<AuthMeter>().AddHostedService(provider => provider.GetRequiredService<AuthMeter>());
        services.AddScoped<AuthLog>();
        services.AddScoped<LoginThrottle>();
        services.AddScoped<NewAccounts>().AddScoped<DetailsChange>().AddScoped<GivenPasswords>().AddScoped<Anonymising>();
        services.AddScoped<SessionStart>().AddScoped<SignIn>().AddScoped<RefreshTokens>().AddScoped<SessionRefresh>().AddScoped<EndedSessions>().AddScoped<OwnSessions>();
        services.AddScoped<RoleChange>().AddScoped<AccountActs>().AddScoped<FirstAdmin>();
        services.AddEventHandler<AuthModule, InviteRedeemed, GiveInvitedRole>();
        services.AddScoped<IDemoData, DemoAccounts>();
        services.AddSingleton<IRevocationFeed, RevocationFeed>();
        services.AddScheduledJob<AuthModule, PurgeExpired>("purge-expired", TimeSpan.FromHours(1));
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var auth = routes.MapModule<AuthModule>(Name);
        auth.MapAccount();
        auth.MapPasswords();
        auth.MapSessions();
        auth.MapAdmin();
        auth.MapJobs<AuthModule>();
        routes.MapRevocationFeed();
    }
}
