CREATE CONSTRAINT notification IF NOT EXISTS
FOR (n:Notification) REQUIRE (n.person, n.id) IS UNIQUE
