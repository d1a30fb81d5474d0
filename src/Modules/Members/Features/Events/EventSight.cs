using Portico.Contracts.Auth;
using Portico.Members.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Events;

/// <summary>Which events somebody sees: those they may attend, and those of the locations they run.</summary>
internal static class EventSight
{
    /// <summary>Takes <c>@isAdmin</c>, <c>@userId</c> (from <see cref="RunnerOf"/>) and <c>@memberId</c>.</summary>
    public const string Sql =
        $"""
        (roster = 'open' or {LocationScope.Sql}
         or exists (select from event_roster as named where named.event_id = events.id and named.member_id = @memberId))
        """;

    /// <summary>Nobody unless the caller is a manager now: who was one once may still be named for a location.</summary>
    public static Guid RunnerOf(CurrentUser user) => user.Role == Roles.Manager ? user.Id : Guid.Empty;
}
