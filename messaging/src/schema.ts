/**
 * The tables that carry messages, the same in every service's database. A service's first migration runs these
 * statements in order. They are no entities: only messaging reads and writes them, with set-based SQL; anybody may look.
 * Released statements stay as they are: what is new stands in a list of its own, for a migration of its own.
 */
export const messagingSchema: readonly string[] = [
  // Every fact the service has stated, for good; `json` keeps the bytes, so that a republished fact is the same.
  `create table journal (
     id bigint generated always as identity primary key,
     event_id uuid not null unique,
     type text not null,
     aggregate text not null,
     aggregate_id text not null,
     version integer not null check (version >= 1),
     occurred_at timestamptz not null,
     correlation_id uuid not null,
     causation_id uuid,
     traceparent text,
     data json not null,
     unique (aggregate_id, version, aggregate)
   )`,
  // Facts not yet safely published: without a sequence not published; with one kept until the tail horizon has passed.
  `create table outbox (
     journal_id bigint primary key,
     aggregate_id text not null,
     sequence bigint unique,
     epoch bigint,
     published_at timestamptz
   ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000)`,
  `create index outbox_unpublished on outbox (journal_id) where sequence is null`,
  `create index outbox_published_at on outbox (published_at) where published_at is not null`,
  // One row: who may publish, until when (by the database's clock), and how often the stream's tail was repaired.
  `create table relay_lease (
     singleton boolean primary key default true check (singleton),
     owner text,
     epoch bigint not null default 0,
     expires_at timestamptz not null default '-infinity',
     generation bigint not null default 0
   )`,
  `insert into relay_lease default values`,
  // Facts handled: a repeat changes nothing.
  `create table inbox (
     consumer text not null,
     event_id uuid not null,
     handled_at timestamptz not null default now(),
     primary key (consumer, event_id)
   )`,
  `create index inbox_handled_at on inbox using brin (handled_at)`,
  // Runs alone of messages that were delivered before, counted before the handler starts.
  `create table delivery_attempt (
     consumer text not null,
     message_key text not null,
     attempts integer not null,
     last_error text,
     attempted_at timestamptz not null default now(),
     primary key (consumer, message_key)
   )`,
  // The highest generation each consumer has met.
  `create table consumer_generation (
     consumer text primary key,
     generation bigint not null
   )`,
  // Undeliverable after all attempts, kept for a person; open while closed_at is null.
  `create table parked (
     id uuid primary key,
     consumer text not null,
     event_id text,
     event_type text,
     stream text not null,
     stream_sequence bigint not null,
     subject text not null,
     headers json not null,
     payload bytea not null,
     reason text not null,
     attempts integer not null,
     parked_at timestamptz not null default now(),
     closed_at timestamptz,
     closed_by text,
     closed_as text check (closed_as in ('REDRIVEN', 'DISCARDED')),
     closed_reason text
   )`,
  `create unique index parked_once on parked (consumer, stream, stream_sequence, event_id) nulls not distinct where closed_at is null`,
  `create index parked_open on parked (parked_at, id) where closed_at is null`,
];

/** What the inbox remembers of the message that brought a fact, and a way through closed parked messages; after `messagingSchema`. */
export const messagingHistorySchema: readonly string[] = [
  // All null for a fact that was redriven, or handled before these columns were there.
  `alter table inbox
     add column stream_sequence bigint,
     add column published_at timestamptz(3),
     add column deliveries integer`,
  `create index parked_closed on parked (closed_at desc, id desc) where closed_at is not null`,
];
