-- Exports that were blocked before their causes were stored get them, so that the alerts say how many orders wait. A cause that is the
-- order's own stays empty.
UPDATE "order_exports" SET "cause" = 'export/site/' || "reason_code" WHERE "state" = 'BLOCKED' AND "cause" = '' AND "reason_code" IN
  ('NOT_CONNECTED', 'POS_SIGN_IN', 'POS_FORBIDDEN', 'EXPORT_OFF', 'SETUP_INCOMPLETE', 'NO_EMPLOYEE', 'EMPLOYEE_GONE', 'EMPLOYEE_LOCKED');
UPDATE "order_exports" SET "cause" = 'export/' || "lane" || '/' || "reason_code" WHERE "state" = 'BLOCKED' AND "cause" = '' AND "reason_code" IN
  ('NO_REGISTER', 'REGISTER_GONE', 'EMPLOYEE_IN_OTHER_SHOP', 'POS_REFUSED');
-- Of a payment type, the alert names the method; one that is resolved by now is found again when the export is looked at next.
UPDATE "order_exports" SET "cause" = COALESCE((SELECT MIN("a"."cause") FROM "alerts" AS "a" WHERE "a"."site_id" = "order_exports"."site_id"
  AND "a"."code" = 'PAYMENT_TYPE_ARCHIVED' AND "a"."resolved_at" IS NULL AND strpos("order_exports"."reason_message", "a"."message") > 0), '')
  WHERE "state" = 'BLOCKED' AND "cause" = '' AND "reason_code" = 'PAYMENT_TYPE_ARCHIVED';
