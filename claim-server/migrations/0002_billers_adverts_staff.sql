CREATE TABLE "claim_server"."advert_displays" (
	"advert_id" uuid NOT NULL,
	"day" date NOT NULL,
	"displays" integer NOT NULL,
	CONSTRAINT "advert_displays_pk" PRIMARY KEY("advert_id","day")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."adverts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"bank" text NOT NULL,
	"advertiser" text NOT NULL,
	"text" text NOT NULL,
	"text_ja" text NOT NULL,
	"url" text NOT NULL,
	"categories" text[] NOT NULL,
	"related_words" text[] NOT NULL,
	"show_from" date NOT NULL,
	"show_until" date,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "adverts_days" CHECK ("claim_server"."adverts"."show_until" >= "claim_server"."adverts"."show_from")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."biller_facts" (
	"shop_id" uuid NOT NULL,
	"number_key" text NOT NULL,
	"fact_hash" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "biller_facts_pk" PRIMARY KEY("shop_id","number_key","fact_hash")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."biller_links" (
	"shop_id" uuid NOT NULL,
	"bank" text NOT NULL,
	"customer_id" text NOT NULL,
	"customer_number" text NOT NULL,
	"number_key" text NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "biller_links_pk" PRIMARY KEY("shop_id","bank","customer_id"),
	CONSTRAINT "biller_links_number" UNIQUE("shop_id","number_key")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."billers" (
	"shop_id" uuid PRIMARY KEY NOT NULL,
	"number_label" text NOT NULL,
	"number_label_ja" text NOT NULL,
	"second_fact_label" text NOT NULL,
	"second_fact_label_ja" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claim_server"."claim_batches" (
	"shop_id" uuid NOT NULL,
	"batch_ref" text NOT NULL,
	"fingerprint" text NOT NULL,
	"result" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "claim_batches_pk" PRIMARY KEY("shop_id","batch_ref")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."link_tries" (
	"shop_id" uuid NOT NULL,
	"bank" text NOT NULL,
	"customer_id" text NOT NULL,
	"tries" integer NOT NULL,
	"last_try_at" timestamp with time zone NOT NULL,
	"locked_until" timestamp with time zone,
	CONSTRAINT "link_tries_pk" PRIMARY KEY("shop_id","bank","customer_id")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."waiting_claims" (
	"order_id" uuid PRIMARY KEY NOT NULL,
	"shop_id" uuid NOT NULL,
	"number_key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claim_server"."claim_reports" (
	"order_id" uuid PRIMARY KEY NOT NULL,
	"bank" text NOT NULL,
	"customer_id" text NOT NULL,
	"text" text,
	"reported_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claim_server"."customer_choices" (
	"bank" text NOT NULL,
	"customer_id" text NOT NULL,
	"accounts" text[] NOT NULL,
	"default_account" text,
	"show_adverts" boolean NOT NULL,
	"language" text,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "customer_choices_pk" PRIMARY KEY("bank","customer_id")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "claim_server"."audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"bank" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"staff_id" text NOT NULL,
	"act" text NOT NULL,
	"subject" text NOT NULL,
	"detail" text
);
--> statement-breakpoint
DROP INDEX "claim_server"."claims_settled_of_customer";--> statement-breakpoint
DROP INDEX "claim_server"."claims_of_customer";--> statement-breakpoint
ALTER TABLE "claim_server"."claims" ADD COLUMN "amount_minor" bigint;--> statement-breakpoint
ALTER TABLE "claim_server"."claims" ADD COLUMN "currency" text;--> statement-breakpoint
ALTER TABLE "claim_server"."claims" ADD COLUMN "ordered_on" date;--> statement-breakpoint
UPDATE "claim_server"."claims" AS claim
	SET amount_minor = told.amount_minor, currency = told.currency, ordered_on = told.ordered_on
	FROM "claim_server"."orders" AS told WHERE told.id = claim.order_id;--> statement-breakpoint
ALTER TABLE "claim_server"."claims" ALTER COLUMN "amount_minor" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_server"."claims" ALTER COLUMN "currency" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_server"."claims" ALTER COLUMN "ordered_on" SET NOT NULL;--> statement-breakpoint
CREATE FUNCTION "claim_server"."copy_order_to_claim"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	SELECT told.amount_minor, told.currency, told.ordered_on
		INTO NEW.amount_minor, NEW.currency, NEW.ordered_on
		FROM "claim_server"."orders" AS told WHERE told.id = NEW.order_id;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "claims_copy_order" BEFORE INSERT OR UPDATE OF "order_id", "amount_minor", "currency", "ordered_on"
	ON "claim_server"."claims" FOR EACH ROW EXECUTE FUNCTION "claim_server"."copy_order_to_claim"();--> statement-breakpoint
CREATE FUNCTION "claim_server"."refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER "audit_log_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE
	ON "claim_server"."audit_log" FOR EACH STATEMENT EXECUTE FUNCTION "claim_server"."refuse_change"();--> statement-breakpoint
ALTER TABLE "claim_server"."advert_displays" ADD CONSTRAINT "advert_displays_advert_id_adverts_id_fk" FOREIGN KEY ("advert_id") REFERENCES "claim_server"."adverts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."adverts" ADD CONSTRAINT "adverts_bank_banks_code_fk" FOREIGN KEY ("bank") REFERENCES "claim_server"."banks"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."biller_facts" ADD CONSTRAINT "biller_facts_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."biller_links" ADD CONSTRAINT "biller_links_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."biller_links" ADD CONSTRAINT "biller_links_customer" FOREIGN KEY ("bank","customer_id") REFERENCES "claim_server"."customers"("bank","customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."billers" ADD CONSTRAINT "billers_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."claim_batches" ADD CONSTRAINT "claim_batches_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."link_tries" ADD CONSTRAINT "link_tries_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."waiting_claims" ADD CONSTRAINT "waiting_claims_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "claim_server"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."waiting_claims" ADD CONSTRAINT "waiting_claims_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."claim_reports" ADD CONSTRAINT "claim_reports_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "claim_server"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."claim_reports" ADD CONSTRAINT "claim_reports_bank_banks_code_fk" FOREIGN KEY ("bank") REFERENCES "claim_server"."banks"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."customer_choices" ADD CONSTRAINT "customer_choices_bank_banks_code_fk" FOREIGN KEY ("bank") REFERENCES "claim_server"."banks"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."audit_log" ADD CONSTRAINT "audit_log_bank_banks_code_fk" FOREIGN KEY ("bank") REFERENCES "claim_server"."banks"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "adverts_of_bank" ON "claim_server"."adverts" USING btree ("bank") WHERE "claim_server"."adverts"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "waiting_claims_of_number" ON "claim_server"."waiting_claims" USING btree ("shop_id","number_key");--> statement-breakpoint
CREATE INDEX "claim_reports_of_bank" ON "claim_server"."claim_reports" USING btree ("bank","reported_at","order_id");--> statement-breakpoint
CREATE INDEX "audit_log_of_staff" ON "claim_server"."audit_log" USING btree ("bank","staff_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_of_subject" ON "claim_server"."audit_log" USING btree ("bank","subject","id");--> statement-breakpoint
CREATE INDEX "claims_open_by_limit" ON "claim_server"."claims" USING btree ("bank","customer_id","time_limit","order_id","amount_minor","currency","shop_id") WHERE "claim_server"."claims"."status" in ('unsettled', 'paying');--> statement-breakpoint
CREATE INDEX "claims_open_by_amount" ON "claim_server"."claims" USING btree ("bank","customer_id","amount_minor","order_id") WHERE "claim_server"."claims"."status" in ('unsettled', 'paying');--> statement-breakpoint
CREATE INDEX "claims_open_by_day" ON "claim_server"."claims" USING btree ("bank","customer_id","ordered_on","order_id") WHERE "claim_server"."claims"."status" in ('unsettled', 'paying');--> statement-breakpoint
CREATE INDEX "claims_settled_by_time" ON "claim_server"."claims" USING btree ("bank","customer_id","settled_at","order_id","amount_minor","currency","shop_id") WHERE "claim_server"."claims"."status" = 'settled';--> statement-breakpoint
CREATE INDEX "claims_settled_by_amount" ON "claim_server"."claims" USING btree ("bank","customer_id","amount_minor","order_id") WHERE "claim_server"."claims"."status" = 'settled';--> statement-breakpoint
CREATE INDEX "claims_settled_by_day" ON "claim_server"."claims" USING btree ("bank","customer_id","ordered_on","order_id") WHERE "claim_server"."claims"."status" = 'settled';--> statement-breakpoint
CREATE INDEX "claims_of_account" ON "claim_server"."claims" USING btree ("account","order_id");--> statement-breakpoint
CREATE INDEX "claims_unusual" ON "claim_server"."claims" USING btree ("status","order_id") WHERE "claim_server"."claims"."status" in ('paying', 'abandoned', 'expired', 'cancelled', 'declined');--> statement-breakpoint
CREATE INDEX "notices_undelivered" ON "claim_server"."notices" USING btree ("created_at","id") WHERE "claim_server"."notices"."status" <> 'delivered';--> statement-breakpoint
CREATE INDEX "orders_of_amount" ON "claim_server"."orders" USING btree ("amount_minor","id");--> statement-breakpoint
CREATE INDEX "orders_of_day" ON "claim_server"."orders" USING btree ("ordered_on","id");--> statement-breakpoint
CREATE INDEX "payments_of_account" ON "claim_server"."payments" USING btree ("account","created_at");--> statement-breakpoint
CREATE INDEX "claims_of_customer" ON "claim_server"."claims" USING btree ("bank","customer_id","order_id");