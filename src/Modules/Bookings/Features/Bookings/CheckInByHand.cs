using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Bookings;

internal static class CheckInByHand
{
    public static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, IOptions<BookingsOptions> options, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockAsStaffAsync(id, user, cancellationToken) is not { } booking)
        {
            return BookingProblems.NotFound();
        }

        if (CheckingIn.Refuse(booking, now, options.Value) is { } refusal)
        {
            return refusal;
        }

        var present = await change.CheckInAsync(booking, CheckInWay.Staff, user.Id, null, now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(BookingResponse.Of(present, now));
    }
}
