"""An application: makes a company and somebody who works there, lists them, and hears of a change to the company.

`XRM_URL` and `XRM_TOKEN` say where, and as whom.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from collections.abc import Sequence
from typing import Any, Protocol

from xrm_client import XrmClient
from xrm_client.exceptions import GraphQLClientGraphQLMultiError
from xrm_client.input_types import (
    CompanyChangesInput,
    CompanyDataInput,
    CreateCompanyInput,
    CreatePersonInput,
    EmployersLinkInput,
    EmployersLinksInput,
    PersonDataInput,
    UpdateCompanyInput,
)

TIMEOUT_S = 60.0  # that an answer may take: the server itself stops after 30


class Problem(Protocol):
    """What the API says of something that is wrong with an input."""

    code: str
    message: str
    path: list[Any]


def tell(problems: Sequence[Problem]) -> None:
    """Show what can be mended."""
    for problem in problems:
        print(f"refused: {problem.code} at {'.'.join(map(str, problem.path))}: {problem.message}")


async def added(client: XrmClient, name: str) -> str | None:
    """A new company's id; None, and why, where it cannot be made."""
    given = CreateCompanyInput(data=CompanyDataInput(name=name))
    payload = (await client.add_company(given, timeout=TIMEOUT_S)).create_company
    if payload is None:
        return None
    tell(payload.errors)
    return payload.company.id if payload.company else None


async def employed(client: XrmClient, company: str, name: str, role: str) -> None:
    """Somebody new, who works at a company."""
    employers = EmployersLinksInput(link=[EmployersLinkInput(id=company, role=role)])
    given = CreatePersonInput(data=PersonDataInput(name=name, employers=employers))
    payload = (await client.add_person(given, timeout=TIMEOUT_S)).create_person
    tell(payload.errors if payload else [])


async def listed(client: XrmClient, where: str) -> None:
    """All companies that meet a condition, page by page."""
    after = None
    while True:
        page = (await client.companies_of(first=2, where=where, after=after, timeout=TIMEOUT_S)).companies
        for company in page.nodes:
            people = (f"{edge.node.name} ({edge.link.role or '?'})" for edge in company.employees.edges)
            print(f"{company.name}: {', '.join(people)}")
        if not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


async def renamed(client: XrmClient, company: str, name: str, version: int | None = None) -> None:
    """Another name for a company; with a version, only if it is still that one."""
    given = UpdateCompanyInput(id=company, version=version, data=CompanyChangesInput(name=name))
    payload = (await client.change_company(given, timeout=TIMEOUT_S)).update_company
    tell(payload.errors if payload else [])


async def changed_and_heard_of(client: XrmClient, company: str) -> None:
    """Rename a company until the news comes round."""
    first = asyncio.ensure_future(anext(client.company_changed()))
    for number in itertools.count(1):
        await renamed(client, company, f"Acme {number}")
        await asyncio.wait({first}, timeout=0.5)
        if first.done():
            break
    told = first.result().company_changed
    print(f"heard: {told.kind.value} {told.id == company}")


async def main() -> None:
    """Everything in turn."""
    address, token = os.environ["XRM_URL"].rstrip("/"), os.environ["XRM_TOKEN"]
    bearer = {"Authorization": f"Bearer {token}"}
    client = XrmClient(
        f"{address}/graphql",
        headers=bearer,
        ws_url=f"{address.replace('http', 'ws', 1)}/graphql",
        ws_connection_init_payload=bearer,
    )
    async with client:
        await added(client, "")  # what is wrong with it comes as data
        company = await added(client, "Acme")
        if company is not None:
            await employed(client, company, "Ada", "CTO")
            await listed(client, "name = 'Acme'")
            await changed_and_heard_of(client, company)
            await renamed(client, company, "Late", version=1)


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except GraphQLClientGraphQLMultiError as failed:
        sys.exit("\n".join(f"{(each.extensions or {}).get('code')}: {each.message}" for each in failed.errors))
