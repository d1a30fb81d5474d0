using Portico.Contracts.Auth;
using Portico.Members.Data;
using Portico.Members.Features.Pass;
using Portico.Members.Messages;
using Portico.Platform.Messaging;
using Portico.Platform.Schedules;
using Portico.Platform.Security;

namespace Portico.Members.Features.Profiles;

/// <summary>Who the members are. The accounts are Auth's: what it says arrives by message and is compared at night.</summary>
internal static class ProfileRoutes
{
    public static void AddProfiles(this IServiceCollection services)
    {
        services.AddEventHandler<MembersModule, UserRegistered, CreateProfile>();
        services.AddEventHandler<MembersModule, UserChanged, RenameProfile>();
        services.AddEventHandler<MembersModule, UserRoleChanged, ChangeProfileRole>();
        services.AddEventHandler<MembersModule, UserSuspended, SuspendProfile>();
        services.AddEventHandler<MembersModule, UserReinstated, ReinstateProfile>();
        services.AddEventHandler<MembersModule, UserDeleted, AnonymiseProfile>();

        services.AddOptions<MembersOptions>().BindConfiguration(MembersOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AccountDirectory>();
        services.AddHostedService(provider => provider.GetRequiredService<AccountDirectory>());
        services.AddSingleton<ReconciliationMeter>();
        services.AddDailyJob<MembersModule, ReconcileAccounts>("reconcile-accounts", new TimeOnly(2, 30));
    }

    public static void MapProfiles(this RouteGroupBuilder members)
    {
        members.MapGet("/profile", ShowMyProfile.Handle).WithName("ShowMyProfile").WithSummary("My profile");
        members.MapPatch("/profile", ChangeProfile.HandleMine).WithName("ChangeMyProfile").WithSummary("Change my profile");
        members.MapGet("/profile/export", ExportMyData.Handle).WithName("ExportMyData").WithSummary("Everything kept about me, as a file");
        members.MapGet("/pass", ShowPass.Handle).WithName("ShowPass").WithSummary("My pass for the doors");

        members.MapGet("/directory", ListDirectory.Handle).RequireAuthorization(Policies.Staff).WithName("ListDirectory").WithSummary("Everybody, by name");

        var admin = members.MapGroup("/profiles").RequireAuthorization(Policies.Admin);
        admin.MapGet("/{id:guid}", ShowProfile.Handle).WithName("ShowProfile").WithSummary("Anybody's profile");
        admin.MapPatch("/{id:guid}", ChangeProfile.HandleAny).WithName("ChangeProfile").WithSummary("Change anybody's profile");
        admin.MapDelete("/{id:guid}", EraseProfile.Handle).WithName("EraseProfile").WithSummary("Erase what a member said of themselves");
    }
}
