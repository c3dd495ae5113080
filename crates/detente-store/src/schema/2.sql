-- Format 2. How far something was done that is done once: up to which report alerts were told, up to which alert
-- they were sent. Never change this file once it is released.

CREATE TABLE mark (
    name   TEXT PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT;
