-- A delivery that waits only because of our own schedule may be tried earlier, when there is reason
-- to hope; what the receiver asked for is kept apart from that, for it is never cut short.
ALTER TABLE deliveries ADD COLUMN
    asked   INTEGER; -- the receiver wants nothing before; NULL if it did not say
ALTER TABLE deliveries ADD COLUMN
    planned INTEGER; -- when the schedule wants the try that was brought forward; NULL if none was
-- Of those that wait already nobody knows whether they were asked to.
UPDATE deliveries SET asked = due WHERE state = 'waiting' AND attempts > 0;
