// A codegen plugin: the object types without an id, which the cache stores in their parent. Read from the schema, so that
// a new type cannot be forgotten.
import { isObjectType } from 'graphql';

export const plugin = (schema) => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const names = Object.values(schema.getTypeMap())
    .filter((t) => isObjectType(t) && !t.name.startsWith('__') && !roots.includes(t) && !('id' in t.getFields()))
    .map((t) => t.name)
    .sort();
  return `export const keyless = ${JSON.stringify(names)} as const;\n`;
};
