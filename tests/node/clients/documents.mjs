// What both clients are asked to do with the companies of the test's model, and what is looked at meanwhile.
export const PAGE = `query Page($first: Int!, $after: String) {
  companies(orderBy: [{ name: ASC }], first: $first, after: $after) {
    edges { cursor node { id name } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
export const ADD = `mutation Add($input: CreateCompanyInput!) {
  createCompany(input: $input) { company { id name } errors { code path } }
}`;
export const RENAME = `mutation Rename($input: UpdateCompanyInput!) {
  updateCompany(input: $input) { company { id name } errors { code path } }
}`;
export const CHANGED = `subscription Changed { companyChanged { kind record { id name } } }`;
export const DEFERRED = `query Deferred($id: ID!) {
  company(id: $id) { id size ... @defer { employees(first: 3) { edges { node { id name } } } } }
}`;
export const NAMES = ['Acme', 'Bolt', 'Corp'];
export const STAFF = { create: [{ data: { name: 'Ann' } }] };
export const MISTAKE = { input: { data: { name: '' } } };

/** A fetch that notes what was asked, and whether its text was sent. */
export function noting() {
  const sent = [];
  const fetched = (address, init = {}) => {
    const asked = init.body ? JSON.parse(init.body) : Object.fromEntries(new URL(address).searchParams);
    sent.push(`${init.method ?? 'GET'} ${asked.operationName}${asked.query === undefined ? '' : ' with its text'}`);
    return fetch(address, init);
  };
  return { sent, fetched };
}

/** Renames the first company until `heard` answers something: a change is told of once it has a number. */
export async function until(heard, rename) {
  for (let number = 1; !heard(); number += 1) {
    await rename(`Acme ${number}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
