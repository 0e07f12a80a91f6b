/** Examples of what can be asked, written from the model as it stands: pure, so that they can be tested. */
import { kindOf } from '@/meta/kinds';
import type { EntityType, Field, Model, Side } from '@/meta/model';

export interface Example {
  key: 'me' | 'list' | 'relations' | 'filter' | 'figures' | 'search' | 'create' | 'follow' | 'model';
  query: string;
  variables?: Record<string, unknown>;
  /** Whether it goes on answering, which only a socket can. */
  follows?: true;
}

const PLAIN = new Set(['text', 'email', 'choice', 'date', 'integer', 'boolean', 'url', 'phone']);
const LINED = '\n';

/** The type that shows most: one with figures, with most relations, with most fields. */
function best(types: readonly EntityType[]): EntityType | undefined {
  const weight = (type: EntityType): number => type.relations.length * 10 + type.fields.length + (type.fields.some((field) => kindOf(field).total) ? 100 : 0);
  return [...types].sort((a, b) => weight(b) - weight(a))[0];
}

const some = (fields: readonly Field[], most: number): string[] =>
  fields.filter((field) => PLAIN.has(field.kind)).slice(0, most).map((field) => field.name);

/** A relation whose far end is one type only, so that its fields can be named. */
const plainSide = (type: EntityType): Side | undefined => type.relations.find((side) => side.types.length === 1);

export function examplesOf(model: Model): Example[] {
  const always: Example[] = [
    { key: 'me', query: 'query WhoAmI {\n  me { name kind administrator }\n}' },
    { key: 'model', query: 'query Model {\n  model {\n    version\n    types { name many fields { name kind required } relations { name types } }\n  }\n}' },
  ];
  const type = best(model.types);
  return type ? [...ofType(type), ...always] : always;
}

function ofType(type: EntityType): Example[] {
  const fields = some(type.fields, 4);
  const line = ['id', ...fields].join(' ');
  const found: Example[] = [
    { key: 'list', query: `query List {${LINED}  ${type.many}(first: 10) {${LINED}    totalCount${LINED}    nodes { ${line} }${LINED}  }${LINED}}` },
  ];
  const side = plainSide(type);
  if (side) {
    const text = `query WithRelations {\n  ${type.many}(first: 5) {\n    nodes {\n      displayName\n      ${side.name}(first: 3) { totalCount nodes { displayName } }\n    }\n  }\n}`;
    found.push({ key: 'relations', query: text });
  }
  const named = type.fields.find((field) => field.kind === 'text');
  if (named) {
    const text = `query Filtered($text: String!) {\n  ${type.many}(where: {${named.name}: {contains: $text}}, first: 10) {\n    nodes { ${line} }\n  }\n}`;
    found.push({ key: 'filter', query: text, variables: { text: 'a' } });
  }
  const total = type.fields.find((field) => kindOf(field).total);
  const figures = total && kindOf(total).total;
  if (total && figures) {
    found.push({ key: 'figures', query: `query Figures {\n  ${type.many} {\n    aggregate { count ${total.name} { ${figures.select} } }\n  }\n}` });
  }
  found.push({ key: 'search', query: 'query Search($text: String!) {\n  search(text: $text, first: 10) { nodes { __typename id displayName } }\n}', variables: { text: 'a' } });
  found.push(created(type));
  found.push({ key: 'follow', query: `subscription Follow {\n  recordChanged(types: [${type.name}]) { type id cursor }\n}`, follows: true });
  return found;
}

/** A record with what is required, as values that everybody understands. */
function created(type: EntityType): Example {
  const wanted = type.fields.filter((field) => field.required && !field.readOnly);
  const data = Object.fromEntries(wanted.map((field) => [field.name, sample(field)]));
  const query = `mutation Create($input: Create${type.name}Input!) {\n  create${type.name}(input: $input) {\n    ${type.one} { id displayName }\n    errors { code message path }\n  }\n}`;
  return { key: 'create', query, variables: { input: { data } } };
}

function sample(field: Field): unknown {
  switch (field.kind) {
    case 'integer':
      return 1;
    case 'decimal':
    case 'percent':
      return '1.5';
    case 'money':
      return { amount: '100.00', currency: field.options.currency ?? 'EUR' };
    case 'boolean':
      return true;
    case 'date':
      return '2026-01-31';
    case 'dateTime':
      return '2026-01-31T09:00:00Z';
    case 'choice':
      return field.options.choices?.[0]?.value ?? '';
    case 'multiChoice':
      return [field.options.choices?.[0]?.value ?? ''];
    case 'email':
      return 'ann@example.org';
    case 'url':
      return 'https://example.org';
    case 'phone':
      return '+442079460018';
    case 'geoPoint':
      return { latitude: 41.0082, longitude: 28.9784 };
    default:
      return 'Example';
  }
}

/** The same from a shell, with a token in the place of the session. */
export function curl(origin: string, { query, variables }: Pick<Example, 'query' | 'variables'>): string {
  const body = JSON.stringify({ query, ...(variables && { variables }) }).replace(/'/g, "'\\''");
  return `curl -s ${origin}/graphql \\\n  -H "Authorization: Bearer $XRM_TOKEN" -H "Content-Type: application/json" \\\n  -d '${body}'`;
}
