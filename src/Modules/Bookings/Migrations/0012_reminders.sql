-- The start that the owner was reminded of: one that is moved is another.
alter table bookings add column reminded_of timestamptz;

-- What came to nothing by itself, for those who look after it.
create index bookings_fallen_through on bookings (id) where status in ('expired', 'no_show', 'payment_failed');
