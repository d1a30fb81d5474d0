using Portico.Contracts.Auth;
using Portico.Members.Domain.Codes;
using Portico.Members.Features.Attendance;
using Portico.Members.Features.Events;
using Portico.Members.Features.Profiles;
using Portico.Members.Messages;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Modules;
using Portico.Platform.Web;

namespace Portico.Members;

/// <summary>Who the members are, where they were and when.</summary>
public sealed class MembersModule : IModule
{
    public string Name => "members";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddModuleDatabase<MembersModule>(Name);
        builder.Services.AddValidation();
        builder.Services.AddSingleton<SignedCode>();
        builder.Services.AddEventHandler<MembersModule, UserRegistered, CreateProfile>();
        builder.Services.AddEvents();
        builder.Services.AddAttendance();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var members = routes.MapModule<MembersModule>(Name);
        members.MapGet("/profile", ShowMyProfile.Handle).WithName("ShowMyProfile").WithSummary("My profile");
        members.MapEvents();
        members.MapAttendance();
    }
}
