create or replace view islet_waiting as
  select pool, count(*) as cases, priority = 2 as off_peak from job where state in ('accepted', 'running')
  group by pool, priority = 2;
