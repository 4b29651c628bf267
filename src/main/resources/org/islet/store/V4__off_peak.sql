drop view islet_waiting;

create view islet_waiting as
  select pool, priority = 2 as off_peak, count(*) as cases from job where state in ('accepted', 'running')
  group by pool, priority = 2;
