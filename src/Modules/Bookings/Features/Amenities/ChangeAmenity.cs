using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Npgsql;
using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Amenities;

/// <summary>
/// What is to be different; what is left out stays. <c>null</c> for the price: it cannot be ordered any more; for the stock:
/// there is no limit. What is ordered already keeps its price.
/// </summary>
public sealed record ChangeAmenityRequest
{
    [StringLength(100, MinimumLength = 1), RegularExpression(AmenityLimits.Name, ErrorMessage = AmenityLimits.WrongName)]
    public string? Name { get; init; }

    [Range(typeof(decimal), "0", AmenityLimits.Highest)]
    public decimal? UnitPrice
    {
        get;
        init => (field, SaysPrice) = (value, true);
    }

    public bool? PerHour { get; init; }

    [Range(1, AmenityLimits.MostStock)]
    public int? Stock
    {
        get;
        init => (field, SaysStock) = (value, true);
    }

    [JsonIgnore]
    internal bool SaysPrice { get; private init; }

    [JsonIgnore]
    internal bool SaysStock { get; private init; }
}

internal static class ChangeAmenity
{
    public static async Task<Results<Ok<AmenityResponse>, ProblemHttpResult>> Handle(
        Guid id, ChangeAmenityRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (AmenityLimits.Refuse(request.UnitPrice) is { } wrong)
        {
            return wrong;
        }

        if (await database.FindRunAmenityAsync(id, user, cancellationToken) is not { } location)
        {
            return AmenityProblems.NotFound();
        }

        await using var change = await database.BeginAsync(cancellationToken);
        if (request.SaysStock)
        {
            // Nobody orders it meanwhile.
            await change.LockAsync([id], cancellationToken);
            if (await change.GiveAnewAsync(id, request.Stock, time.GetUtcNow(), cancellationToken) is { } needed)
            {
                return AmenityProblems.InUse(needed);
            }
        }

        try
        {
            if (request.Name is not null)
            {
                await change.LockNamesAsync(location, cancellationToken);
            }

            if (await ApplyAsync(change, id, request, cancellationToken) is not { } changed)
            {
                return AmenityProblems.Retired();
            }

            await change.CommitAsync(cancellationToken);
            return TypedResults.Ok(changed);
        }
        catch (PostgresException e) when (e.ConstraintName == "amenities_name")
        {
            return AmenityProblems.NameTaken();
        }
    }

    private static Task<AmenityResponse?> ApplyAsync(Change change, Guid id, ChangeAmenityRequest request, CancellationToken cancellationToken) =>
        change.FindAsync<AmenityResponse>(
            $"""
            update amenities
            set name = coalesce(@name, name),
                unit_price = case when @SaysPrice then @UnitPrice else unit_price end,
                per_hour = coalesce(@PerHour, per_hour),
                stock = case when @SaysStock then @Stock else stock end
            where id = @id and retired_at is null
            returning {AmenityResponse.Columns}
            """,
            new { id, name = request.Name?.Trim(), request.SaysPrice, request.UnitPrice, request.PerHour, request.SaysStock, request.Stock }, cancellationToken);
}
