using Portico.Members.Domain.Codes;
using Portico.Members.Features.Attendance;
using Portico.Members.Features.Events;
using Portico.Members.Features.Locations;
using Portico.Members.Features.Profiles;
using Portico.Members.Features.Visits;
using Portico.Members.Schedules;
using Portico.Platform.Data;
using Portico.Platform.Modules;
using Portico.Platform.Schedules;
using Portico.Platform.Web;

namespace Portico.Members;

/// <summary>Who the members are, where they were and when.</summary>
public sealed class MembersModule : IModule
{
    public string Name => "members";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddModuleDatabase<MembersModule>(Name);
        builder.AddModuleSchedules<MembersModule>();
        builder.Services.AddScheduledJob<MembersModule, PurgeExpired>("purge-expired", TimeSpan.FromHours(1));
        builder.Services.AddValidation();
        builder.Services.AddSingleton<SignedCode>();
        builder.Services.AddProfiles();
        builder.Services.AddLocations();
        builder.Services.AddVisits();
        builder.Services.AddEvents();
        builder.Services.AddAttendance();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var members = routes.MapModule<MembersModule>(Name);
        members.MapProfiles();
        members.MapVisits();
        members.MapEvents();
        members.MapAttendance();
        members.MapJobs<MembersModule>();
    }
}
