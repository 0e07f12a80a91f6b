CREATE CONSTRAINT page_delivery IF NOT EXISTS
FOR (n:PageDelivery) REQUIRE (n.person, n.page) IS UNIQUE
