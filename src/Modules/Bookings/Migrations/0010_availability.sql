-- Who has time around a moment, whichever unit it is of: a question about all spaces is answered from here.
create index claims_by_time on claims using gist (during);
-- Whether a hold is somebody's turn in the line: booking_id is unique already. Who waits for a time that is near.
create index waiting_entries_by_time on waiting_entries (starts_at) where status = 'waiting';
