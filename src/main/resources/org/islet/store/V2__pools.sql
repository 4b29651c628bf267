alter table job add column pool varchar(64) default 'start' not null;
alter table job add column handed text;

create index job_turn_of_pool on job (state, pool, priority, accepted_at, id);
create index request_unseen on request (door, job_id, code, look_after);
create index request_of_worker on request (worker, job_id, code);

create table home (
  one smallint primary key,
  id varchar(36) not null
);

create view islet_waiting as
  select pool, count(*) as cases from job where state in ('accepted', 'running') group by pool;
