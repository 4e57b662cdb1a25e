-- What a worker did, latest first, across all pools; ids count within a pool and tell no time.
DROP INDEX assignment_of_worker;
CREATE INDEX assignment_by_time ON assignment (worker_number, created, id);
