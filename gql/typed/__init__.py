"""The typed half of the schema: graphql-core types made straight from the model as it stands."""
