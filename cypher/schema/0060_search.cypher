CREATE FULLTEXT INDEX search IF NOT EXISTS
FOR (n:Record) ON EACH [n.insight_search]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: true}}
