"""GraphQL from the metamodel: schema, plans, execution, HTTP."""
