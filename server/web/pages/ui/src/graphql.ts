import { type DefinitionNode, type DocumentNode, type FragmentDefinitionNode, parse, visit } from '@0no-co/graphql.web';
import type { graphql as typed } from './gql';

const fragments = new Map<string, FragmentDefinitionNode>();

/**
 * Reads a document, with the type that codegen has written for it. The generated module itself is never loaded: it holds all
 * documents, and here each page carries its own. Fragments are known by name once the module that defines them was loaded.
 */
export const graphql = ((source: string): DocumentNode => {
  const own = parse(source, { noLocation: true });
  for (const d of own.definitions) if (d.kind === 'FragmentDefinition') fragments.set(d.name.value, d);
  const definitions = [...own.definitions];
  const known = new Set(own.definitions.map((d) => ('name' in d ? d.name?.value : undefined)));
  for (let i = 0; i < definitions.length; i++) {
    visit(definitions[i] as DefinitionNode, {
      FragmentSpread({ name: { value } }) {
        if (known.has(value)) return;
        const found = fragments.get(value);
        if (!found) throw new Error(`The fragment ${value} is not loaded: import the module that defines it.`);
        known.add(value);
        definitions.push(found);
      },
    });
  }
  return { ...own, definitions };
}) as unknown as typeof typed;
