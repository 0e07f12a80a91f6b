CREATE INDEX saved_page_owner IF NOT EXISTS
FOR (n:SavedPage) ON (n.owner)
