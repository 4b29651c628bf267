-- Not by the door first: with few requests PostgreSQL took it for the index of a request's key.
drop index request_unseen;
create index request_unseen on request (job_id, code, door, look_after);
drop index request_job;
drop index request_of_worker;
