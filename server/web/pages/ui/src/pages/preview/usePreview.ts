import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import type { PreviewSettingsInput } from '../../gql/graphql';
import { graphql } from '../../graphql';

const Preview = graphql(`
  query Preview($input: PreviewSettingsInput!, $effects: [PreviewEffect!]) {
    previewSettings(input: $input) {
      displayedBefore
      displayedAfter
      appearing
      disappearing
      emptying
      repricing
      linking
      lowering
      acknowledgements
      items(first: 8, where: { effects: $effects }) {
        edges {
          node {
            effects
            item {
              id
              lightspeedItemId
              description
              brand
              manufacturerSku
              stock {
                shop {
                  id
                }
                location {
                  id
                }
                onHand
                onOrder
                available
              }
            }
            before {
              displayed
              price {
                price {
                  amount
                  currencyCode
                }
              }
            }
            after {
              displayed
              price {
                price {
                  amount
                  currencyCode
                }
              }
              reasons {
                code
                blocking
                message
              }
            }
          }
        }
      }
      userErrors {
        code
        message
        messageParameters {
          name
          value
        }
        field
      }
    }
  }
`);

export type Effect = 'APPEARS' | 'DISAPPEARS' | 'EMPTIED' | 'REPRICED';

/** What a draft would do, 400 ms after its last change. `input` is undefined while there is nothing to preview. */
export function usePreview(input: PreviewSettingsInput | undefined, effect: Effect) {
  const text = input ? JSON.stringify(input) : undefined;
  const [settled, settle] = useState<string>();
  useEffect(() => {
    if (text === undefined) {
      settle(undefined);
      return;
    }
    const t = setTimeout(() => settle(text), 400);
    return () => clearTimeout(t);
  }, [text]);
  const asked = settled !== undefined && text !== undefined;
  const [result] = useQuery({
    query: Preview,
    variables: { input: (asked ? JSON.parse(settled) : {}) as PreviewSettingsInput, effects: [effect] },
    pause: !asked,
    requestPolicy: 'network-only',
  });
  return {
    data: text !== undefined ? result.data?.previewSettings : undefined,
    error: result.error,
    /** There are no figures, because the draft cannot be saved as it is. */
    wrong: text === undefined || (result.data?.previewSettings.userErrors.length ?? 0) > 0,
    /** The figures belong to an older draft, or are on their way. */
    stale: text !== undefined && (settled !== text || result.fetching || result.stale),
  };
}

export type PreviewResult = ReturnType<typeof usePreview>;
