create table job (
  id varchar(40) primary key,
  input_sha256 varchar(64) not null,
  input_bytes bigint not null,
  voxels bigint,
  heap_bytes bigint,
  route varchar(200) not null,
  priority smallint not null,
  deadline timestamp with time zone,
  state varchar(10) not null,
  accepted_at timestamp with time zone not null,
  not_before timestamp with time zone not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  tries integer not null,
  attempt integer not null,
  worker varchar(200),
  lease_until timestamp with time zone,
  stage varchar(200),
  stages_ended integer not null,
  stages integer not null,
  called_off boolean not null,
  untold boolean not null,
  code varchar(60),
  sentence varchar(4000),
  failed_stage varchar(200),
  method varchar(64),
  result_place varchar(4000),
  result_sha256 varchar(64),
  report text
);
create index job_turn on job (state, priority, accepted_at, id);
create index job_input on job (input_sha256, route);
create index job_end on job (ended_at);
create index job_untold on job (untold);

create table attempt (
  job_id varchar(40) not null references job (id) on delete cascade,
  number integer not null,
  worker varchar(200) not null,
  began_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  outcome varchar(10) not null,
  last_stage varchar(200),
  code varchar(60),
  sentence varchar(4000),
  failed_stage varchar(200),
  stages text,
  primary key (job_id, number)
);

create table request (
  id varchar(36) primary key,
  door varchar(400) not null,
  request_key varchar(400) not null,
  route varchar(200) not null,
  priority smallint not null,
  deadline timestamp with time zone,
  force boolean not null,
  sha256 varchar(64),
  input text not null,
  details text not null,
  received_at timestamp with time zone not null,
  worker varchar(200),
  look_after timestamp with time zone not null,
  looks integer not null,
  round integer not null,
  job_id varchar(40) references job (id) on delete cascade,
  repeated boolean not null,
  code varchar(60),
  sentence varchar(4000),
  answer_after timestamp with time zone,
  answer_tries integer not null,
  answered_at timestamp with time zone,
  unique (door, request_key)
);
create index request_job on request (job_id);
create index request_due on request (answered_at, answer_after);

create table door (
  name varchar(400) primary key,
  paused_at timestamp with time zone not null,
  reason varchar(4000) not null
);
