// An application: makes a company and somebody who works there, lists them, and hears of a change to the company.
import { setTimeout } from "node:timers/promises";

import { Client, OperationFailed } from "./client.ts";
import {
  AddCompanyDocument,
  AddPersonDocument,
  ChangeCompanyDocument,
  CompaniesOfDocument,
  CompanyChangedDocument,
  type CompaniesOfQuery,
  type CompanyChangedSubscription,
} from "./generated.ts";

const client = new Client(process.env.XRM_URL ?? "http://127.0.0.1:8000", process.env.XRM_TOKEN ?? "");

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly path: readonly (number | string)[];
}

function tell(problems: readonly Problem[]): void {
  for (const { code, message, path } of problems) console.log(`refused: ${code} at ${path.join(".")}: ${message}`);
}

async function added(name: string): Promise<string | undefined> {
  const { createCompany } = await client.ask(AddCompanyDocument, { input: { data: { name } } });
  tell(createCompany?.errors ?? []);
  return createCompany?.company?.id;
}

async function employed(company: string, name: string, role: string): Promise<void> {
  const employers = { link: [{ id: company, role }] };
  const { createPerson } = await client.ask(AddPersonDocument, { input: { data: { name, employers } } });
  tell(createPerson?.errors ?? []);
}

async function list(where: string): Promise<void> {
  let after: string | null = null;
  do {
    const { companies }: CompaniesOfQuery = await client.ask(CompaniesOfDocument, { where, first: 2, after });
    for (const company of companies.nodes) {
      const people = company.employees.edges.map(({ node, link }) => `${node.name} (${link.role ?? "?"})`);
      console.log(`${company.name}: ${people.join(", ")}`);
    }
    after = companies.pageInfo.hasNextPage ? (companies.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
}

async function renamed(company: string, name: string, version?: number): Promise<void> {
  const { updateCompany } = await client.ask(ChangeCompanyDocument, { input: { id: company, version, data: { name } } });
  tell(updateCompany?.errors ?? []);
}

/** Renames a company until the news comes round. */
async function changedAndHeardOf(company: string): Promise<void> {
  const changes = client.follow(CompanyChangedDocument, {});
  let heard: CompanyChangedSubscription | undefined;
  const first = changes.next().then(({ value }) => {
    heard = value ?? undefined;
  });
  for (let number = 1; heard === undefined; number += 1) {
    await renamed(company, `Acme ${number}`);
    await Promise.race([first, setTimeout(500)]);
  }
  await changes.return();
  console.log(`heard: ${heard.companyChanged.kind} ${heard.companyChanged.id === company}`);
}

try {
  await added(""); // what is wrong with it comes as data
  const company = await added("Acme");
  if (company !== undefined) {
    await employed(company, "Ada", "CTO");
    await list("name = 'Acme'");
    await changedAndHeardOf(company);
    await renamed(company, "Late", 1);
  }
} catch (error) {
  if (!(error instanceof OperationFailed)) throw error;
  console.error(error.faults.map(({ message, extensions }) => `${extensions?.code}: ${message}`).join("\n"));
  process.exitCode = 1;
}
