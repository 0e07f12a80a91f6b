// Which schema the client is made from, and for which operations: `npm run generate`.
import type { CodegenConfig } from "@graphql-codegen/cli";

const address = process.env.XRM_URL ?? "http://127.0.0.1:8000";

const config: CodegenConfig = {
  schema: { [`${address}/graphql`]: { headers: { Authorization: `Bearer ${process.env.XRM_TOKEN ?? ""}` } } },
  documents: "src/operations.graphql",
  generates: {
    "src/generated.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        documentMode: "string", // texts as they are: nothing parses them again while the application runs
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: {
          BigInt: { input: "number | string", output: "number | string" },
          Date: "string",
          DateTime: "string",
          Decimal: { input: "number | string", output: "string" },
          FilterText: "string",
          ID: "string",
          JSON: "unknown",
          PathStep: "number | string",
        },
      },
    },
  },
};

export default config;
