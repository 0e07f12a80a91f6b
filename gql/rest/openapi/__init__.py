"""The description of the REST API (OpenAPI 3.1), made from the model as it stands."""

from gql.rest.openapi.descriptions import Descriptions, described

__all__ = ["Descriptions", "described"]
