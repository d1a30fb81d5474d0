using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Attendance;

/// <summary>Attendance: scans, corrections, what they add up to.</summary>
internal static class AttendanceRoutes
{
    public static void AddAttendance(this IServiceCollection services)
    {
        services.AddSingleton<ScanMeter>();
        services.AddGroupCommit<MembersModule, Scan, ScanOutcome>(ScanRecord.RecordAsync);
    }

    public static void MapAttendance(this RouteGroupBuilder members)
    {
        var people = members.MapGroup("").RequireAuthorization(Policies.People);
        people.MapPost("/qr/scan", ScanEventCode.Handle).WithName("ScanEventCode").WithSummary("Check in at an event by its code");
        people.MapGet("/attendance/history", ShowMyHistory.Handle).WithName("ShowMyHistory").WithSummary("Where I was, latest first");
        people.MapGet("/attendance/today", ShowToday.Handle).WithName("ShowToday").WithSummary("My events of today");
        people.MapGet("/attendance/statistics", ShowStatistics.Handle).WithName("ShowStatistics").WithSummary("How often what happened");

        var staff = members.MapGroup("").RequireAuthorization(Policies.Staff);
        staff.MapGet("/attendance/members/{member_id:guid}", ShowMemberAttendance.Handle)
            .WithName("ShowMemberAttendance").WithSummary("Where a member was, at the locations I run");
        staff.MapGet("/events/{id:guid}/attendance", ShowEventAttendance.Handle)
            .WithName("ShowEventAttendance").WithSummary("Who came, who is expected, who did not come");
        staff.MapPut("/events/{id:guid}/attendance/{member_id:guid}", SetAttendance.Handle)
            .WithName("SetAttendance").WithSummary("Say what became of a member");
        staff.MapGet("/events/{id:guid}/attendance/{member_id:guid}/changes", ListAttendanceChanges.Handle)
            .WithName("ListAttendanceChanges").WithSummary("What was known of a member's attendance, and since when");
    }
}
