"""Requests into statements: reads, filters, aggregates, paging and writes."""
