DROP INDEX "claim_server"."claim_history_of_order";--> statement-breakpoint
DROP INDEX "claim_server"."claims_open_by_limit";--> statement-breakpoint
DROP INDEX "claim_server"."claims_open_by_amount";--> statement-breakpoint
DROP INDEX "claim_server"."claims_open_by_day";--> statement-breakpoint
DROP INDEX "claim_server"."claims_settled_by_time";--> statement-breakpoint
DROP INDEX "claim_server"."claims_settled_by_amount";--> statement-breakpoint
DROP INDEX "claim_server"."claims_settled_by_day";--> statement-breakpoint
DROP INDEX "claim_server"."claims_of_shop";--> statement-breakpoint
DROP INDEX "claim_server"."claims_of_shop_in_order";--> statement-breakpoint
DROP INDEX "claim_server"."claims_of_shop_by_customer";--> statement-breakpoint
DROP INDEX "claim_server"."groups_group_number";--> statement-breakpoint
DROP INDEX "claim_server"."payment_claims_of_order";--> statement-breakpoint
DROP INDEX "claim_server"."payments_of_customer";--> statement-breakpoint
DROP INDEX "claim_server"."payments_of_run";--> statement-breakpoint
DROP INDEX "claim_server"."payments_reference";--> statement-breakpoint
DROP INDEX "claim_server"."claims_of_customer";--> statement-breakpoint
DROP INDEX "claim_server"."claims_of_account";--> statement-breakpoint
DROP INDEX "claim_server"."claims_unusual";--> statement-breakpoint
DROP INDEX "claim_server"."claims_of_shop_by_day";--> statement-breakpoint
DROP INDEX "claim_server"."claims_of_shop_by_limit";--> statement-breakpoint
DROP INDEX "claim_server"."claims_of_shop_by_amount";--> statement-breakpoint
DROP INDEX "claim_server"."claims_of_shop_by_settlement";--> statement-breakpoint
DROP INDEX "claim_server"."claims_provisional";--> statement-breakpoint
DROP INDEX "claim_server"."claims_limits";--> statement-breakpoint
DROP INDEX "claim_server"."claims_to_warn";--> statement-breakpoint
ALTER TABLE "claim_server"."claim_history" DROP CONSTRAINT "claim_history_pkey";--> statement-breakpoint
ALTER TABLE "claim_server"."claim_history" ADD CONSTRAINT "claim_history_pk" PRIMARY KEY("order_id","id");--> statement-breakpoint
-- Room on each page for the next version of its rows: only there does an update leave the indexes alone.
ALTER TABLE "claim_server"."claims" SET (fillfactor = 80);--> statement-breakpoint
-- A payment's three signed documents stay in its row: moving them out, and trying to shrink them first,
-- took nearly half of what storing and deciding a payment cost.
ALTER TABLE "claim_server"."payments" SET (toast_tuple_target = 8160);--> statement-breakpoint
ALTER TABLE "claim_server"."claims" ADD COLUMN "listed_as" text GENERATED ALWAYS AS (case status when 'paying' then 'unsettled' else status end) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "claims_unusual_by_amount" ON "claim_server"."claims" USING btree ("listed_as","amount_minor","order_id") WHERE "claim_server"."claims"."listed_as" in ('abandoned', 'expired', 'cancelled', 'declined');--> statement-breakpoint
CREATE INDEX "payment_claims_released" ON "claim_server"."payment_claims" USING btree ("order_id") WHERE not "claim_server"."payment_claims"."live";--> statement-breakpoint
CREATE INDEX "claims_of_customer" ON "claim_server"."claims" USING btree ("bank","customer_id","listed_as","settled_at","order_id","time_limit","amount_minor","currency","shop_id","ordered_on","warn_on");--> statement-breakpoint
CREATE INDEX "claims_of_account" ON "claim_server"."claims" USING btree ("account","order_id") WHERE "claim_server"."claims"."account" is not null;--> statement-breakpoint
CREATE INDEX "claims_unusual" ON "claim_server"."claims" USING btree ("listed_as","order_id") WHERE "claim_server"."claims"."listed_as" in ('abandoned', 'expired', 'cancelled', 'declined');--> statement-breakpoint
CREATE INDEX "claims_of_shop_by_day" ON "claim_server"."claims" USING btree ("shop_id","listed_as","ordered_on","order_id","amount_minor","currency");--> statement-breakpoint
CREATE INDEX "claims_of_shop_by_limit" ON "claim_server"."claims" USING btree ("shop_id","listed_as","time_limit","order_id","amount_minor","currency");--> statement-breakpoint
CREATE INDEX "claims_of_shop_by_amount" ON "claim_server"."claims" USING btree ("shop_id","listed_as","amount_minor","order_id","currency");--> statement-breakpoint
CREATE INDEX "claims_of_shop_by_settlement" ON "claim_server"."claims" USING btree ("shop_id","settled_at","order_id","amount_minor","currency") WHERE "claim_server"."claims"."listed_as" = 'settled';--> statement-breakpoint
CREATE INDEX "claims_provisional" ON "claim_server"."claims" USING btree ("open_until") WHERE "claim_server"."claims"."listed_as" = 'provisional';--> statement-breakpoint
CREATE INDEX "claims_limits" ON "claim_server"."claims" USING btree ("time_limit") WHERE "claim_server"."claims"."listed_as" = 'unsettled';--> statement-breakpoint
CREATE INDEX "claims_to_warn" ON "claim_server"."claims" USING btree ("warn_on") WHERE "claim_server"."claims"."listed_as" = 'unsettled' and "claim_server"."claims"."warned_at" is null;