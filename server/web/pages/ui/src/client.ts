import { cacheExchange, type DataFields, type Variables } from '@urql/exchange-graphcache';
import { createClient as createSocket } from 'graphql-ws';
import { Client, fetchExchange, subscriptionExchange } from 'urql';
import { forget, token } from './auth';
import { keyless } from './gql/keyless';
import { Store } from './lib/store';
import { translated } from './lib/translated';

/** Whether the pages hear from the service as it happens: null before the first subscription. */
export const socketOpen = new Store<boolean | null>(null);

/** For how many seconds the service takes no more requests; 0 = it takes them. */
export const busyFor = new Store(0);

/** What each mutation changes besides what it returns: fields of Query that are read again. */
const changes: Record<string, string[]> = {
  startSync: ['syncRuns', 'syncStatus'],
  confirmSync: ['syncRuns', 'syncStatus', 'setup'],
  cancelSync: ['syncRuns', 'syncStatus', 'setup'],
  completeConnection: ['lightspeedLink', 'setup', 'syncRuns', 'shops'],
  disconnectLightspeed: ['lightspeedLink', 'setup', 'diagnosisSummary'],
  refreshReferenceData: ['syncRuns', 'syncStatus'],
  setStoreMappings: ['storeMappings', 'shops', 'locations', 'setup', 'settingChanges'],
  updateReserveStock: ['storeMappings', 'locations', 'setup', 'settingChanges'],
  updateImportSettings: ['importSettings', 'setup', 'diagnosisSummary', 'settingChanges'],
  updatePricingSettings: ['pricingSettings', 'setup', 'settingChanges', 'products'],
  updateSyncSchedule: ['syncSchedule', 'syncStatus', 'settingChanges'],
  updateExportSettings: ['exportSettings', 'setup', 'settingChanges', 'exportCounts', 'orders'],
  setPaymentMethodMapping: ['paymentMethodMappings', 'setup', 'settingChanges'],
  addStatusType: ['statusTypes', 'settingChanges'],
  editStatusType: ['statusTypes', 'settingChanges'],
  reorderStatusTypes: ['statusTypes', 'settingChanges'],
  goLive: ['setup', 'diagnosisSummary', 'exportCounts', 'products', 'posItems', 'orders', 'alerts', 'settingChanges'],
  dismissAlert: ['alerts'],
  updateAlertEmailSettings: ['alertEmailSettings', 'settingChanges'],
  sendTestEmail: ['alertEmailSettings'],
  confirmHiddenItems: ['heldChanges', 'setup', 'diagnosisSummary'],
  confirmLowerPrices: ['heldChanges', 'setup', 'products'],
  setSaleDates: ['products', 'previewSaleDates'],
  linkItem: ['reviewQueue', 'reviewSummary', 'diagnosisSummary'],
  unlinkItem: ['reviewQueue', 'reviewSummary', 'diagnosisSummary'],
  rejectMatch: ['reviewQueue', 'reviewSummary', 'diagnosisSummary'],
  withdrawDecision: ['reviewQueue', 'reviewSummary', 'diagnosisSummary'],
  confirmMatches: ['reviewQueue', 'reviewSummary', 'diagnosisSummary'],
  undoConfirmMatches: ['reviewQueue', 'reviewSummary', 'diagnosisSummary'],
  setMatchesAside: ['reviewQueue', 'reviewSummary'],
  exportOrder: ['exportCounts', 'orders'],
  exportOrders: ['exportCounts', 'orders'],
  retryExport: ['exportCounts', 'orders'],
  changeOrderStatus: ['orders'],
  captureOfflinePayment: ['exportCounts', 'orders'],
  recordStoreFulfillment: ['exportCounts', 'orders'],
  recordSupplierFulfillment: ['exportCounts', 'orders'],
  addOrderLine: ['exportCounts', 'orders'],
  exchangeOrderLine: ['exportCounts', 'orders'],
  removeOrderLine: ['exportCounts', 'orders'],
  refundOrderPayment: ['exportCounts', 'orders'],
  markRefundDoneInLightspeed: ['exportCounts', 'orders', 'alerts'],
  voidOfflinePayment: ['exportCounts', 'orders'],
  changeOrderLineQuantity: ['exportCounts', 'orders'],
  retryExports: ['exportCounts', 'orders'],
  markRefundsDone: ['exportCounts', 'orders', 'alerts'],
  pauseExports: ['exportSettings', 'orders', 'alerts', 'settingChanges'],
  resumeExports: ['exportSettings', 'exportCounts', 'orders', 'alerts', 'settingChanges'],
  saveSaleDates: ['products', 'previewSaleDates'],
  acknowledgeNotice: ['exportCounts', 'orders', 'alerts'],
};

const updates = Object.fromEntries(
  Object.entries(changes).map(([mutation, fields]) => [
    mutation,
    (
      _: DataFields,
      __: Variables,
      cache: {
        inspectFields(e: string): { fieldName: string; fieldKey: string }[];
        invalidate(e: string, key: string): void;
      },
    ) => {
      for (const f of cache.inspectFields('Query')) {
        if (fields.includes(f.fieldName)) cache.invalidate('Query', f.fieldKey);
      }
    },
  ]),
);

/**
 * Calls the API with a token. One that it refuses is replaced once. What it refuses to begin, because there are too many requests,
 * is sent again after the time that it names, so that nobody has to.
 */
async function authorised(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  let refused = false;
  for (let tries = 0; ; tries++) {
    const text = await token();
    const headers = new Headers(init?.headers);
    headers.set('Authorization', `Bearer ${text}`);
    const answer = await fetch(input, { ...init, headers });
    const wait = Number(answer.headers.get('Retry-After'));
    if (answer.status === 429 && wait > 0 && wait <= 60 && tries < 5) {
      busyFor.set(wait);
      await new Promise((r) => setTimeout(r, wait * 1_000));
      busyFor.set(0);
    } else if (answer.status === 401 && !refused) {
      refused = true;
      forget(text);
    } else return answer;
  }
}

export { authorised };

/** A client with a cache of its own. */
export function newClient(): Client {
  let used = '';
  // One socket for everything: six event streams would keep an HTTP/1.1 origin busy.
  const socket = createSocket({
    url: `${window.location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: async () => {
      used = await token();
      return { Authorization: `Bearer ${used}` };
    },
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) =>
      new Promise((r) => setTimeout(r, Math.min(500 * 2 ** retries, 8_000) * (0.75 + Math.random() / 2))),
    shouldRetry: () => true,
    keepAlive: 20_000,
    on: {
      connected: () => socketOpen.set(true),
      closed: (e) => {
        if ((e as CloseEvent)?.code === 4403) forget(used);
        // 1000 is ours: nothing is followed any more.
        socketOpen.set((e as CloseEvent)?.code === 1000 ? null : false);
      },
    },
  });
  return new Client({
    url: '/graphql',
    fetch: authorised,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    exchanges: [
      cacheExchange({
        // What has no id belongs to what it stands in. Only while developing is the cache in doubt about that, and says so.
        keys: import.meta.env.DEV ? Object.fromEntries(keyless.map((name) => [name, () => null])) : {},
        updates: { Mutation: updates as never },
      }),
      ...translated(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => {
            let stop = () => {};
            let waiting: ReturnType<typeof setTimeout>;
            const start = () => {
              stop = socket.subscribe(
                { query: request.query ?? '', variables: request.variables as never },
                {
                  next: (result) => sink.next(result as never),
                  complete: () => sink.complete(),
                  // graphql-ws gives up where a socket ends with some codes, such as the 1011 of a proxy that fails.
                  error: (e) => {
                    if (e instanceof CloseEvent) waiting = setTimeout(start, 5_000);
                    else sink.error(e);
                  },
                },
              );
            };
            start();
            return {
              unsubscribe: () => {
                clearTimeout(waiting);
                stop();
              },
            };
          },
        }),
      }),
    ],
  });
}
