-- Who made a fact true, and from where: for the trail of what happened.
alter table outbox
    add actor  uuid,
    add origin text;
