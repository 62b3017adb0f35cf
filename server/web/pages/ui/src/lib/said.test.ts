import { readdirSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLEnumType,
  getNamedType,
  isEnumType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import { type Catalogue, enumOf, translator } from './said';

const schema = buildSchema(readFileSync('../../../../docs/schema.graphql', 'utf8'));
const messages = Object.values(schema.getTypeMap()).filter((t) => isObjectType(t) && 'message' in t.getFields());
const places = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map((x) => x[1] ?? ''));

describe.each(readdirSync('messages/api'))('what the API says, in %s', (file) => {
  const catalogue: Catalogue = JSON.parse(readFileSync(`messages/api/${file}`, 'utf8'));

  it('has a text for each code', () => {
    const lacking: string[] = [];
    for (const codes of new Set(Object.values(enumOf))) {
      for (const { name } of (schema.getType(codes) as GraphQLEnumType).getValues()) {
        if (!catalogue.codes[`${codes}.${name}`] && !catalogue.codes[name]) lacking.push(`${codes}.${name}`);
      }
    }
    expect(lacking).toEqual([]);
  });
  it('has no text for a code that is none', () => {
    const all = new Set(
      Object.values(enumOf).flatMap((codes) =>
        (schema.getType(codes) as GraphQLEnumType).getValues().map((v) => v.name),
      ),
    );
    expect(Object.keys(catalogue.codes).filter((code) => !all.has(code.split('.').at(-1) ?? ''))).toEqual([]);
  });
  it('has only values that the English has', () => {
    for (const [english, other] of [...Object.entries(catalogue.sentences), ...Object.entries(catalogue.phrases)]) {
      expect([english, [...places(other)].filter((name) => !places(english).has(name))]).toEqual([english, []]);
      expect([english, other.trim()]).not.toEqual([english, '']);
    }
  });
});

it('knows the codes of all that has a message and a code', () => {
  // In a list of its own until the pages show it.
  const notShown = ['KeptCustomerData', 'KeptOrder', 'UnusableRow'];
  const found = messages.map((t) => t.name).filter((name) => !notShown.includes(name));
  expect(Object.keys(enumOf).sort()).toEqual(found.sort());
  for (const t of messages) {
    if (!isObjectType(t) || !enumOf[t.name]) continue;
    const enums = Object.values(t.getFields())
      .map((f) => getNamedType(f.type))
      .filter(isEnumType)
      .map((e) => e.name);
    expect([t.name, enums]).toEqual([t.name, [enumOf[t.name]]]);
  }
});

it('is asked for all that a message needs', () => {
  const files = readdirSync('src', { recursive: true })
    .map((f) => `src/${f}`)
    .filter((f) => /\.tsx?$/.test(f));
  let seen = 0;
  for (const file of files.filter((f) => !f.startsWith('src/gql/'))) {
    for (const [, source = ''] of readFileSync(file, 'utf8').matchAll(/graphql\(`([^`]*)`\)/g)) {
      const types = new TypeInfo(schema);
      visit(
        parse(source),
        visitWithTypeInfo(types, {
          SelectionSet(set) {
            const type = types.getParentType();
            const asked = set.selections.map((s) => (s.kind === 'Field' ? (s.alias ?? s.name).value : ''));
            if (!isObjectType(type) || !asked.includes('message')) return;
            seen++;
            expect([file, type.name, asked]).toEqual([file, type.name, expect.arrayContaining(['code'])]);
            if ('messageParameters' in type.getFields())
              expect([file, type.name, asked]).toEqual([
                file,
                type.name,
                expect.arrayContaining(['messageParameters']),
              ]);
          },
        }),
      );
    }
  }
  expect(seen).toBeGreaterThan(50);
});

describe('a translator', () => {
  overwriteGetLocale(() => 'es');
  const { say, answer } = translator({
    sentences: {
      'The item "{item}" is gone.': 'El artículo «{item}» no está.',
      'Choose another one.': 'Elige otro.',
      '{count} orders wait.': 'Esperan {count} pedidos.',
      'It costs {price} until {end}.': 'Cuesta {price} hasta el {end}.',
      'The order was changed. {differences}.': 'El pedido cambió. {differences}.',
    },
    phrases: {
      on: 'activado',
      '{what}: {order} in the order, {sale} in the sale': '{what}: {order} en el pedido, {sale} en la venta',
    },
    codes: { INVALID: 'Un valor no vale.', 'AlertCode.OTHER': 'Otra cosa.' },
  });
  const p = (o: Record<string, string>) => Object.entries(o).map(([name, value]) => ({ name, value }));

  it('puts sentences together, with their values', () => {
    expect(say('The item "A. B" is gone. Choose another one.', p({ item: 'A. B' }))).toBe(
      'El artículo «A. B» no está. Elige otro.',
    );
    expect(say('12345 orders wait.', p({ count: '12345' }))).toBe('Esperan 12.345 pedidos.');
  });
  it('writes amounts and dates as the language does', () => {
    expect(
      say('It costs 1234.50 USD until 2026-05-02.', p({ price: '1234.50 USD', end: '2026-05-02' })).replace(/\s/g, ' '),
    ).toBe('Cuesta 1234,50 US$ hasta el 2 may 2026.');
  });
  it('translates phrases in lists', () => {
    const differences = 'Bell: 2 in the order, 1 in the sale; Tube: 1 in the order, 2 in the sale';
    expect(say(`The order was changed. ${differences}.`, p({ differences }))).toBe(
      'El pedido cambió. Bell: 2 en el pedido, 1 en la venta; Tube: 1 en el pedido, 2 en la venta.',
    );
  });
  it('leaves English what it does not know, after what the code means', () => {
    expect(say('Some of it. Choose another one.')).toBe('Some of it. Choose another one.');
    expect(say('The item "x" is gone.')).toBe('The item "x" is gone.'); // without its value
    expect(say('It is odd.', [], ['UserErrorCode', 'INVALID'])).toBe('Un valor no vale. (It is odd.)');
    expect(say('It is odd.', [], ['AlertCode', 'OTHER'])).toBe('Otra cosa. (It is odd.)');
    expect(say('It is odd.', [], ['AlertCode', 'NEW'])).toBe('It is odd.');
  });
  it('writes the amounts of what it does not know as the language does', () => {
    const text = 'The order is not paid in full: 5.00 USD of 45.00 USD is due for “5.00 USD off”.';
    const due = p({ due: '5.00 USD', total: '45.00 USD' });
    expect(say(text, due).replace(/\u00a0/g, ' ')).toBe(
      'The order is not paid in full: 5,00 US$ of 45,00 US$ is due for “5,00 US$ off”.',
    );
    expect(say('A lamp of 12 LED.', p({ name: 'A lamp of 12 LED' }))).toBe('A lamp of 12 LED.');
  });
  it('finds them wherever they are in an answer', () => {
    const data = {
      save: {
        __typename: 'X',
        userErrors: [
          { __typename: 'UserError', code: 'INVALID', message: 'Choose another one.', messageParameters: [] },
        ],
      },
      change: { __typename: 'SettingChange', field: 'Note', before: '', after: 'on' },
      advice: 'Choose another one.',
      nothing: null,
    };
    answer(data);
    expect(data.save.userErrors[0]?.message).toBe('Elige otro.');
    expect(data.change).toEqual({ __typename: 'SettingChange', field: 'Note', before: '', after: 'activado' });
    expect(data.advice).toBe('Elige otro.');
  });
});
