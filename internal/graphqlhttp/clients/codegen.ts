// What a platform's own front end would write to get types of the API.
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../../docs/schema.graphql',
  documents: ['documents.ts'],
  generates: {
    'generated/codegen/': {
      preset: 'client',
      config: { enumsAsTypes: true, scalars: { Decimal: 'string', DateTime: 'string', Date: 'string', Cursor: 'string', TimeOfDay: 'string', Int64: 'number' } },
    },
  },
};

export default config;
