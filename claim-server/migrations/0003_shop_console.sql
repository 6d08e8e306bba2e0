CREATE TABLE "claim_server"."sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"data" jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claim_server"."sign_in_tries" (
	"key" text PRIMARY KEY NOT NULL,
	"full_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claim_server"."shop_customers" (
	"shop_id" uuid NOT NULL,
	"bank" text NOT NULL,
	"customer_id" text NOT NULL,
	"reference" text NOT NULL,
	CONSTRAINT "shop_customers_pk" PRIMARY KEY("shop_id","bank","customer_id"),
	CONSTRAINT "shop_customers_reference" UNIQUE("shop_id","reference")
);
--> statement-breakpoint
CREATE TABLE "claim_server"."shop_logins" (
	"shop_id" uuid PRIMARY KEY NOT NULL,
	"sign_in_id" text NOT NULL,
	"password_hash" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "shop_logins_sign_in_id" UNIQUE("sign_in_id")
);
--> statement-breakpoint
ALTER TABLE "claim_server"."shop_accounts" ADD COLUMN "stopped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "claim_server"."shop_customers" ADD CONSTRAINT "shop_customers_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_server"."shop_logins" ADD CONSTRAINT "shop_logins_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "claim_server"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claims_of_shop_by_day" ON "claim_server"."claims" USING btree ("shop_id","ordered_on","order_id");--> statement-breakpoint
CREATE INDEX "claims_of_shop_by_limit" ON "claim_server"."claims" USING btree ("shop_id","time_limit","order_id");--> statement-breakpoint
CREATE INDEX "claims_of_shop_by_settlement" ON "claim_server"."claims" USING btree ("shop_id","settled_at","order_id") WHERE "claim_server"."claims"."status" = 'settled';--> statement-breakpoint
CREATE INDEX "claims_of_shop_by_customer" ON "claim_server"."claims" USING btree ("shop_id","bank","customer_id","order_id");