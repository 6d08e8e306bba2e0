CREATE SCHEMA "claim_server";
--> statement-breakpoint
CREATE TABLE "claim_server"."banks" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_ja" text NOT NULL,
	"portal_issuer" text NOT NULL,
	"portal_url" text NOT NULL,
	"core_issuer" text NOT NULL,
	"core_url" text NOT NULL,
	"time_zone" text NOT NULL,
	"currency" text DEFAULT 'JPY' NOT NULL,
	CONSTRAINT "banks_portal_issuer" UNIQUE("portal_issuer")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."customers" (
	"bank" text NOT NULL,
	"customer_id" text NOT NULL,
	"name" text NOT NULL,
	"mail_address" text NOT NULL,
	"language" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "customers_pk" PRIMARY KEY("bank","customer_id")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."claim_history" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "claim_server"."claim_history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"event" text NOT NULL,
	"by" text NOT NULL,
	"reason" text,
	"payment_id" uuid
);
--> statement-breakpoint
CREATE TABLE "claim_server"."claims" (
	"order_id" uuid PRIMARY KEY NOT NULL,
	"shop_id" uuid NOT NULL,
	"status" text NOT NULL,
	"revision" integer NOT NULL,
	"bank" text NOT NULL,
	"customer_id" text,
	"account" text,
	"accepted_at" timestamp with time zone,
	"open_until" timestamp with time zone,
	"time_limit" date NOT NULL,
	"original_time_limit" date,
	"warn_on" date NOT NULL,
	"warned_at" timestamp with time zone,
	"seen_at" timestamp with time zone,
	"payment_id" uuid,
	"paying_since" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "claims_status" CHECK ("claim_server"."claims"."status" in ('provisional', 'unsettled', 'paying', 'settled', 'abandoned', 'expired', 'cancelled', 'declined')),
	CONSTRAINT "claims_payer_bound" CHECK ("claim_server"."claims"."customer_id" is not null or "claim_server"."claims"."status" in ('provisional', 'abandoned', 'cancelled')),
	CONSTRAINT "claims_payment" CHECK (("claim_server"."claims"."payment_id" is not null) = ("claim_server"."claims"."status" in ('paying', 'settled'))),
	CONSTRAINT "claims_settled_at" CHECK (("claim_server"."claims"."settled_at" is not null) = ("claim_server"."claims"."status" = 'settled'))
);
--> statement-breakpoint
CREATE TABLE "claim_server"."notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"event" text NOT NULL,
	"occasion" text NOT NULL,
	"channel" text NOT NULL,
	"recipient" text NOT NULL,
	"address" text NOT NULL,
	"language" text NOT NULL,
	"status" text NOT NULL,
	"attempts" integer NOT NULL,
	"attempt_at" timestamp with time zone NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone NOT NULL,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "notices_once" UNIQUE("order_id","event","occasion","channel","recipient"),
	CONSTRAINT "notices_status" CHECK ("claim_server"."notices"."status" in ('waiting', 'delivered', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "claim_server"."orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_number" text NOT NULL,
	"shop_id" uuid NOT NULL,
	"shop_order_ref" text NOT NULL,
	"fingerprint" text NOT NULL,
	"description" text NOT NULL,
	"category" text,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"ordered_on" date NOT NULL,
	"time_limit" date NOT NULL,
	"return_url" text,
	"language" text,
	"entry_token" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "orders_order_number" UNIQUE("order_number"),
	CONSTRAINT "orders_shop_reference" UNIQUE("shop_id","shop_order_ref"),
	CONSTRAINT "orders_entry_token" UNIQUE("entry_token"),
	CONSTRAINT "orders_amount" CHECK ("claim_server"."orders"."amount_minor" between 1 and 100000000000)
);
--> statement-breakpoint
CREATE TABLE "claim_server"."exceptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"payment_id" uuid NOT NULL,
	"order_id" uuid,
	"order_number" text NOT NULL,
	"kind" text NOT NULL,
	"transfer_id" uuid NOT NULL,
	"payee_account" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"refund_payment_id" uuid,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "claim_server"."groups" (
	"transfer_id" uuid PRIMARY KEY NOT NULL,
	"payment_id" uuid NOT NULL,
	"group_number" text NOT NULL,
	"payee_account" text NOT NULL,
	"payee_holder" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"fee_minor" bigint NOT NULL,
	CONSTRAINT "groups_amounts" CHECK ("claim_server"."groups"."amount_minor" > 0 and "claim_server"."groups"."fee_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "claim_server"."payment_claims" (
	"payment_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"transfer_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"live" boolean NOT NULL,
	CONSTRAINT "payment_claims_pk" PRIMARY KEY("payment_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"bank" text NOT NULL,
	"customer_id" text NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"short_by_minor" bigint,
	"account" text NOT NULL,
	"day" date NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"fee_minor" bigint NOT NULL,
	"digest" text NOT NULL,
	"authorisation" text,
	"instruction" text,
	"receipt" text,
	"receipt_kid" text,
	"authorised_at" timestamp with time zone NOT NULL,
	"submit_before" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"ask_at" timestamp with time zone NOT NULL,
	"times_asked" integer NOT NULL,
	CONSTRAINT "payments_status" CHECK ("claim_server"."payments"."status" in ('paying', 'executed', 'refused', 'voided')),
	CONSTRAINT "payments_decided" CHECK (("claim_server"."payments"."status" = 'paying') = ("claim_server"."payments"."receipt" is null)),
	CONSTRAINT "payments_amounts" CHECK ("claim_server"."payments"."amount_minor" > 0 and "claim_server"."payments"."fee_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "claim_server"."receipt_keys" (
	"issuer" text NOT NULL,
	"kid" text NOT NULL,
	"jwk" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "receipt_keys_pk" PRIMARY KEY("issuer","kid")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."refunds" (
	"payment_id" uuid PRIMARY KEY NOT NULL,
	"refunded_payment_id" uuid NOT NULL,
	"order_id" uuid,
	"order_number" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "refunds_amount" CHECK ("claim_server"."refunds"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "claim_server"."stray_receipts" (
	"payment_id" uuid NOT NULL,
	"result" text NOT NULL,
	"payer" text NOT NULL,
	"digest" text NOT NULL,
	"receipt" text NOT NULL,
	"receipt_kid" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stray_receipts_pk" PRIMARY KEY("payment_id","result")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."fees" (
	"id" uuid PRIMARY KEY NOT NULL,
	"bank" text NOT NULL,
	"relation" text NOT NULL,
	"from_amount_minor" bigint NOT NULL,
	"below_amount_minor" bigint,
	"fee_minor" bigint NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	CONSTRAINT "fees_relation" CHECK ("claim_server"."fees"."relation" in ('same-branch', 'same-bank', 'affiliated', 'other-bank')),
	CONSTRAINT "fees_not_negative" CHECK ("claim_server"."fees"."fee_minor" >= 0 and "claim_server"."fees"."from_amount_minor" >= 0),
	CONSTRAINT "fees_range" CHECK ("claim_server"."fees"."below_amount_minor" > "claim_server"."fees"."from_amount_minor")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"shop_id" uuid NOT NULL,
	"public_part" text NOT NULL,
	"secret_hash" text NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_public_part" UNIQUE("public_part")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."idempotent_requests" (
	"shop_id" uuid NOT NULL,
	"operation" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"status" integer NOT NULL,
	"body" text NOT NULL,
	"location" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotent_requests_pk" PRIMARY KEY("shop_id","operation","key")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."shop_accounts" (
	"shop_id" uuid NOT NULL,
	"account" text NOT NULL,
	"holder" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "shop_accounts_pk" PRIMARY KEY("shop_id","account"),
	CONSTRAINT "shop_accounts_account" UNIQUE("account")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."shop_return_addresses" (
	"shop_id" uuid NOT NULL,
	"prefix" text NOT NULL,
	CONSTRAINT "shop_return_addresses_pk" PRIMARY KEY("shop_id","prefix")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."shops" (
	"id" uuid PRIMARY KEY NOT NULL,
	"bank" text NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"name" text NOT NULL,
	"name_ja" text,
	"phone" text,
	"mail_address" text NOT NULL,
	"contact_address" text,
	"website" text,
	"language" text NOT NULL,
	"default_days_to_pay" integer NOT NULL,
	"warning_days" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "shops_kind" CHECK ("claim_server"."shops"."kind" in ('shop', 'biller')),
	CONSTRAINT "shops_status" CHECK ("claim_server"."shops"."status" in ('waiting', 'live', 'suspended')),
	CONSTRAINT "shops_days" CHECK ("claim_server"."shops"."default_days_to_pay" between 0 and 365),
	CONSTRAINT "shops_warning_days" CHECK ("claim_server"."shops"."warning_days" between 0 and 60)
);
--> statement-breakpoint
CREATE TABLE "claim_server"."spent_tokens" (
	"issuer" text NOT NULL,
	"token_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "spent_tokens_pk" PRIMARY KEY("issuer","token_id")
);
--> statement-breakpoint
ALTER TABLE "claim_server"."customers" ADD CONSTRAINT "customers_bank_banks_code_fk" FOREIGN KEY ("bank") REFERENCES "claim_server"."banks"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."claim_history" ADD CONSTRAINT "claim_history_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "claim_server"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."claims" ADD CONSTRAINT "claims_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "claim_server"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."claims" ADD CONSTRAINT "claims_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."claims" ADD CONSTRAINT "claims_bank_banks_code_fk" FOREIGN KEY ("bank") REFERENCES "claim_server"."banks"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."claims" ADD CONSTRAINT "claims_customer" FOREIGN KEY ("bank","customer_id") REFERENCES "claim_server"."customers"("bank","customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."notices" ADD CONSTRAINT "notices_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "claim_server"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."orders" ADD CONSTRAINT "orders_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."exceptions" ADD CONSTRAINT "exceptions_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "claim_server"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."exceptions" ADD CONSTRAINT "exceptions_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "claim_server"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."groups" ADD CONSTRAINT "groups_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "claim_server"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."payment_claims" ADD CONSTRAINT "payment_claims_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "claim_server"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."payment_claims" ADD CONSTRAINT "payment_claims_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "claim_server"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."payment_claims" ADD CONSTRAINT "payment_claims_transfer_id_groups_transfer_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "claim_server"."groups"("transfer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."payments" ADD CONSTRAINT "payments_bank_banks_code_fk" FOREIGN KEY ("bank") REFERENCES "claim_server"."banks"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "claim_server"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."refunds" ADD CONSTRAINT "refunds_refunded_payment_id_payments_id_fk" FOREIGN KEY ("refunded_payment_id") REFERENCES "claim_server"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."refunds" ADD CONSTRAINT "refunds_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "claim_server"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."fees" ADD CONSTRAINT "fees_bank_banks_code_fk" FOREIGN KEY ("bank") REFERENCES "claim_server"."banks"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."api_keys" ADD CONSTRAINT "api_keys_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."idempotent_requests" ADD CONSTRAINT "idempotent_requests_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."shop_accounts" ADD CONSTRAINT "shop_accounts_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."shop_return_addresses" ADD CONSTRAINT "shop_return_addresses_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."shops" ADD CONSTRAINT "shops_bank_banks_code_fk" FOREIGN KEY ("bank") REFERENCES "claim_server"."banks"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claim_history_of_order" ON "claim_server"."claim_history" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "claims_of_customer" ON "claim_server"."claims" USING btree ("bank","customer_id","status","time_limit");--> statement-breakpoint
CREATE INDEX "claims_settled_of_customer" ON "claim_server"."claims" USING btree ("bank","customer_id","settled_at") WHERE "claim_server"."claims"."status" = 'settled';--> statement-breakpoint
CREATE INDEX "claims_of_shop" ON "claim_server"."claims" USING btree ("shop_id","status","order_id");--> statement-breakpoint
CREATE INDEX "claims_of_shop_in_order" ON "claim_server"."claims" USING btree ("shop_id","order_id");--> statement-breakpoint
CREATE INDEX "claims_provisional" ON "claim_server"."claims" USING btree ("open_until") WHERE "claim_server"."claims"."status" = 'provisional';--> statement-breakpoint
CREATE INDEX "claims_limits" ON "claim_server"."claims" USING btree ("time_limit") WHERE "claim_server"."claims"."status" = 'unsettled';--> statement-breakpoint
CREATE INDEX "claims_to_warn" ON "claim_server"."claims" USING btree ("warn_on") WHERE "claim_server"."claims"."status" = 'unsettled' and "claim_server"."claims"."warned_at" is null;--> statement-breakpoint
CREATE INDEX "notices_waiting" ON "claim_server"."notices" USING btree ("attempt_at") WHERE "claim_server"."notices"."status" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "exceptions_once" ON "claim_server"."exceptions" USING btree ("payment_id","order_number");--> statement-breakpoint
CREATE UNIQUE INDEX "groups_payee_once" ON "claim_server"."groups" USING btree ("payment_id","payee_account");--> statement-breakpoint
CREATE INDEX "groups_group_number" ON "claim_server"."groups" USING btree ("group_number");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_claims_one_live" ON "claim_server"."payment_claims" USING btree ("order_id") WHERE "claim_server"."payment_claims"."live";--> statement-breakpoint
CREATE INDEX "payment_claims_of_order" ON "claim_server"."payment_claims" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "payments_open" ON "claim_server"."payments" USING btree ("ask_at") WHERE "claim_server"."payments"."status" = 'paying';--> statement-breakpoint
CREATE INDEX "payments_of_customer" ON "claim_server"."payments" USING btree ("bank","customer_id","created_at");--> statement-breakpoint
CREATE INDEX "payments_of_run" ON "claim_server"."payments" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "payments_reference" ON "claim_server"."payments" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "refunds_of_payment" ON "claim_server"."refunds" USING btree ("refunded_payment_id","order_number");--> statement-breakpoint
CREATE INDEX "fees_of_bank" ON "claim_server"."fees" USING btree ("bank","relation");--> statement-breakpoint
CREATE INDEX "spent_tokens_expiry" ON "claim_server"."spent_tokens" USING btree ("expires_at");