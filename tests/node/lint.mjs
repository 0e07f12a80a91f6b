// Lints a schema given on standard input with graphql-eslint: Relay's rules and the hygiene of a schema; prints what it found, as JSON.
import { parser, rules } from '@graphql-eslint/eslint-plugin';
import { Linter } from 'eslint';
import { text } from 'node:stream/consumers';

const sdl = await text(process.stdin);
const wanted = {
  'relay-arguments': ['error', { includeBoth: false }],
  'relay-connection-types': 'error',
  'relay-edge-types': ['error', { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
  'relay-page-info': 'error',
  'no-duplicate-fields': 'error',
  'no-typename-prefix': 'off',
  'no-hashtag-description': 'error',
  'no-unreachable-types': 'error',
  'require-deprecation-reason': 'error',
  'require-description': ['error', { types: true, FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true }],
  'unique-enum-value-names': 'error',
};
const found = new Linter({ configType: 'flat' }).verify(
  sdl,
  [
    {
      files: ['**/*.graphql'],
      plugins: { '@graphql-eslint': { rules } },
      languageOptions: { parser, parserOptions: { graphQLConfig: { schema: sdl } } },
      rules: Object.fromEntries(Object.entries(wanted).map(([name, level]) => [`@graphql-eslint/${name}`, level])),
    },
  ],
  'schema.graphql',
);
console.log(JSON.stringify(found.map(({ ruleId, message, line }) => ({ rule: ruleId, message, line }))));
