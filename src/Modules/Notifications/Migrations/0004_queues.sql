-- When it was handed to a queue of the broker, where there is one; null while it is to be handed over.
alter table deliveries add column queued_at timestamptz;
create index deliveries_to_queue on deliveries (due_at) where status = 'waiting' and queued_at is null;
create index deliveries_queued on deliveries (queued_at) where status = 'waiting' and queued_at is not null;
