"""Lists handed out row by row, as CSV or NDJSON: page after page of one query, so that memory does not grow with the list."""
