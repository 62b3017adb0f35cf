import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../../../graph/*.graphqls',
  documents: ['src/**/*.{ts,tsx}', '!src/gql/**', '!src/paraglide/**'],
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: {
          ID: 'string',
          Decimal: 'string',
          DateTime: 'string',
          Date: 'string',
          TimeOfDay: 'string',
          Cursor: 'string',
          Int64: 'number',
        },
      },
    },
    'src/gql/keyless.ts': { plugins: ['./keyless.mjs'] },
  },
};

export default config;
