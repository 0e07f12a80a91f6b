CREATE RANGE INDEX page_delivery_due IF NOT EXISTS
FOR (n:PageDelivery) ON (n.nextAt)
