using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Spaces;
using Portico.Bookings.Domain.States;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Reports;

/// <summary>The figures of one report, all of the same moment.</summary>
internal sealed class ReportFigures(Change change, ReportScope scope, DateTimeOffset now)
{
    private readonly object parameters = scope.Parameters(now);

    public async Task<(BookingCounts Bookings, Share Cancellations, Share NoShows, LeadTimes Lead)> CountAsync(CancellationToken cancellationToken)
    {
        var rows = await change.QueryAsync<StatusRow>(ReportSql.Statuses, parameters, cancellationToken);
        var byStatus = rows.Where(row => row.Status is not null).ToDictionary(row => Words.Read<BookingStatus>(row.Status!));
        var all = rows.Single(row => row.Status is null);
        return (
            new(all.Bookings, [.. Enum.GetValues<BookingStatus>().Select(status => new StatusCount(status, byStatus.GetValueOrDefault(status)?.Bookings ?? 0))]),
            Share.Of(byStatus.GetValueOrDefault(BookingStatus.Cancelled)?.Stood ?? 0, all.Stood),
            Share.Of(byStatus.GetValueOrDefault(BookingStatus.NoShow)?.Stood ?? 0, all.Stood),
            new(all.Stood, all.MedianHours, all.P90Hours));
    }

    public Task<IReadOnlyList<MoneyFigures>> MoneyAsync(CancellationToken cancellationToken) =>
        change.QueryAsync<MoneyFigures>(ReportSql.Money, parameters, cancellationToken);

    public Task<IReadOnlyList<MemberUse>> MembersAsync(CancellationToken cancellationToken) =>
        change.QueryAsync<MemberUse>(ReportSql.Members, parameters, cancellationToken);

    public async Task<UseOfTime> UseAsync(CancellationToken cancellationToken)
    {
        var rows = await change.QueryAsync<UseRow>(ReportSql.Use, parameters, cancellationToken);
        var areas = await change.QueryAsync<AreaRow>(
            "select id, name, location_id from spaces where kind = 'hot_desk_area' and location_id = any(@locations)", parameters, cancellationToken);
        var places = scope.Places.ToDictionary(place => place.Id, place => place.Named);
        var units = rows.GroupBy(row => row.Id).Select(unit => unit.ToList()).ToList();
        var spaces = units.Select(unit => SpaceUse.Of(unit[0].Id, unit[0].Name, Words.Read<SpaceKind>(unit[0].Kind), places[unit[0].LocationId], [unit]))
            .Concat(areas.Select(area => SpaceUse.Of(
                area.Id, area.Name, SpaceKind.HotDeskArea, places[area.LocationId], [.. units.Where(unit => unit[0].AreaId == area.Id)])));
        // A whole's time is that of its parts: counted here too, it would count twice.
        var counted = units.Where(unit => !unit[0].IsWhole).ToList();
        var byHour = counted.SelectMany(unit => unit).ToLookup(row => row.Hour);
        return new(
            TimeUse.Of(counted),
            [.. Enumerable.Range(0, 24).Select(hour => HourUse.Of(hour, byHour[hour]))],
            [.. spaces.OrderByDescending(space => space.BookedHours).ThenBy(space => space.Name, StringComparer.Ordinal).ThenBy(space => space.Id)]);
    }

    private sealed record StatusRow(string? Status, long Bookings, long Stood, decimal MedianHours, decimal P90Hours);

    private sealed record AreaRow(Guid Id, string Name, Guid LocationId);
}

/// <summary>A space in one hour of the day; without an hour where its location is never open.</summary>
internal sealed record UseRow(
    Guid Id, Guid LocationId, string Kind, string Name, Guid? AreaId, bool IsWhole, int? Hour, long Bookings, decimal UsedSeconds,
    decimal OpenSeconds, decimal BookedSeconds);

/// <summary>What <see cref="ReportSql.Use"/> says, in three ways.</summary>
internal sealed record UseOfTime(TimeUse All, IReadOnlyList<HourUse> Hours, IReadOnlyList<SpaceUse> Spaces);
