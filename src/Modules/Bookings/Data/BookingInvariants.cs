using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>What is true of the tables of Bookings, whatever was done by however many at once.</summary>
internal static class BookingInvariants
{
    /// <summary>What each booking takes as long as it blocks, made from the booking and not from its claims.</summary>
    private const string Wanted =
        """
        with wanted as (
            select bookings.id as booking_id, unit.id as unit_id,
                   tstzrange(bookings.starts_at - make_interval(mins => greatest(asked.buffer_before_minutes, unit.buffer_before_minutes)),
                             bookings.ends_at + make_interval(mins => greatest(asked.buffer_after_minutes, unit.buffer_after_minutes)), '[)') as during
            from bookings
            join spaces as asked on asked.id = bookings.space_id
            join space_units on space_units.space_id = coalesce(bookings.desk_id, bookings.space_id)
            join spaces as unit on unit.id = space_units.unit_id
            where bookings.status in ('held', 'pending_approval', 'awaiting_payment', 'confirmed', 'checked_in'))
        """;

    public static readonly IReadOnlyList<Invariant> All =
    [
        new(
            "no two bookings that block take the same space at once",
            $"""
            {Wanted}
            select format('%s and %s both take %s', one.booking_id, other.booking_id, one.unit_id)
            from wanted as one join wanted as other on other.unit_id = one.unit_id and other.booking_id > one.booking_id and other.during && one.during
            """),
        new(
            "no two claims of a space meet",
            """
            select format('two claims of %s meet: %s and %s', one.unit_id, one.during, other.during)
            from claims as one join claims as other on other.unit_id = one.unit_id and other.ctid > one.ctid and other.during && one.during
            """),
        new(
            "a booking that blocks claims what it takes and nothing else",
            $"""
            {Wanted}, taken as (
                select booking_id, unit_id, during from claims join bookings on bookings.id = booking_id
                where status in ('held', 'pending_approval', 'awaiting_payment', 'confirmed', 'checked_in'))
            select format('%s takes %s and not %s of %s', coalesce(taken.booking_id, wanted.booking_id), taken.during, wanted.during, coalesce(taken.unit_id, wanted.unit_id))
            from taken full join wanted using (booking_id, unit_id) where taken.during is distinct from wanted.during
            """),
        new(
            "a booking that is over by its status claims nothing",
            """
            select format('%s is %s and still takes %s', bookings.id, status, during) from claims join bookings on bookings.id = booking_id
            where status in ('expired', 'cancelled', 'payment_failed', 'no_show')
            """),
        new(
            "a booking that was completed claims nothing after its end",
            """
            select format('%s ended at %s and takes %s', bookings.id, ended_at, during)
            from claims join bookings on bookings.id = booking_id join spaces as asked on asked.id = bookings.space_id join spaces as unit on unit.id = unit_id
            where bookings.status = 'completed'
              and upper(during) > least(ends_at, ended_at) + make_interval(mins => greatest(asked.buffer_after_minutes, unit.buffer_after_minutes))
            """),
        new(
            "a booking has the pieces of services it asked for",
            """
            select format('of %s %s pieces are given to %s, not %s', amenity_id, count(amenity_claims.piece), bookings.id, quantity)
            from bookings join booking_services on booking_services.booking_id = bookings.id join amenities on amenities.id = amenity_id and stock is not null
            left join amenity_claims using (booking_id, amenity_id)
            where status <> 'completed'
            group by amenity_id, bookings.id, quantity
            having count(amenity_claims.piece)
                <> case when status in ('held', 'pending_approval', 'awaiting_payment', 'confirmed', 'checked_in') then quantity else 0 end
            """),
        new(
            "no piece is given out that there is not",
            """
            select format('piece %s of %s, of which there are %s, is out', piece, amenity_id, stock) from amenity_claims join amenities on amenities.id = amenity_id
            where piece > stock
            """),
        new(
            "nobody used more hours of credit than they had",
            """
            select format('%s has %s hours in %s', payer_id, sum(hours), month) from credit_entries group by payer_kind, payer_id, month having sum(hours) < 0
            """),
        new(
            "a booking used the hours that the credit ledger says",
            """
            select format('%s is %s with %s hours, and the ledger says %s', bookings.id, status, credit_hours, coalesce(-sum(hours), 0))
            from bookings left join credit_entries on booking_id = bookings.id
            where status <> 'cancelled'
            group by bookings.id
            having coalesce(-sum(hours), 0) <> case when status in ('expired', 'payment_failed') then 0 else credit_hours end
            """),
        new(
            "no booking gave back more hours than it used",
            """
            select format('%s was given back more hours than it used', booking_id) from credit_entries where booking_id is not null group by booking_id having sum(hours) > 0
            """),
        new(
            "no booking was paid beyond its price",
            """
            select format('%s has paid %s of %s', id, paid, total) from bookings where paid > total
            """),
        new(
            "every step of a booking follows from the one before",
            """
            select format('%s: after %s comes %s from %s', booking_id, before, act, from_status)
            from (select *, lag(to_status) over (partition by booking_id order by id) as before from floor_changes where booking_id is not null) as told
            where from_status is distinct from before or (before is null) <> (act = 'hold')
            """),
        new(
            "the trace of a booking ends where the booking is",
            """
            select format('%s is %s until %s, version %s, and its trace of %s ends with %s until %s', bookings.id, status, expires_at, version, steps, to_status, held_until)
            from bookings
            left join lateral (
                select to_status, held_until, count(*) over () as steps from floor_changes where booking_id = bookings.id order by id desc limit 1) as last on true
            where (to_status, steps) is distinct from (status, version + 1) or held_until is distinct from expires_at
            """),
        new(
            "an offer of the waiting line belongs to whose turn it is",
            """
            select format('%s was offered to %s and belongs to %s', booking_id, entry.member_id, bookings.member_id)
            from waiting_entries as entry join bookings on bookings.id = booking_id where entry.member_id <> bookings.member_id
            """),
    ];
}
