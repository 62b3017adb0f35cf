/** The groups of settings that the API points at, and the page where each is put right. */
export const settingPlaces = {
  site: '/go-live',
  connection: '/settings/lightspeed',
  locations: '/settings/stores',
  storeMappings: '/settings/stores',
  importSettings: '/settings/shown',
  products: '/status',
  sync: '/status',
  pricingSettings: '/settings/prices',
  syncSchedule: '/settings/schedule',
  exportSettings: '/settings/export',
  alertEmailSettings: '/alerts',
} as const;

export type Place = (typeof settingPlaces)[keyof typeof settingPlaces];

/** The page of a setting; undefined for one that these pages do not know. */
export const placeOf = (setting: string | null | undefined): Place | undefined =>
  setting && setting in settingPlaces ? settingPlaces[setting as keyof typeof settingPlaces] : undefined;
