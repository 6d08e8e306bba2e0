CREATE SCHEMA "core_banking";
--> statement-breakpoint
CREATE TABLE "core_banking"."account_checks" (
	"key" text PRIMARY KEY NOT NULL,
	"full_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core_banking"."accounts" (
	"account" text PRIMARY KEY NOT NULL,
	"bank" text NOT NULL,
	"branch" text NOT NULL,
	"number" text NOT NULL,
	"purpose" text NOT NULL,
	"customer_id" text,
	"holder" text NOT NULL,
	"label" text NOT NULL,
	"label_ja" text NOT NULL,
	"currency" text NOT NULL,
	"balance_minor" bigint DEFAULT 0 NOT NULL,
	"limit_minor" bigint,
	"form_id" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "accounts_number" UNIQUE("bank","branch","number"),
	CONSTRAINT "accounts_form_id" UNIQUE("form_id"),
	CONSTRAINT "accounts_limit" CHECK ("core_banking"."accounts"."balance_minor" >= "core_banking"."accounts"."limit_minor"),
	CONSTRAINT "accounts_limit_set" CHECK ("core_banking"."accounts"."purpose" <> 'holder' or "core_banking"."accounts"."limit_minor" is not null)
);
--> statement-breakpoint
CREATE TABLE "core_banking"."branches" (
	"bank" text NOT NULL,
	"branch" text NOT NULL,
	"name" text NOT NULL,
	"name_ja" text NOT NULL,
	CONSTRAINT "branches_pk" PRIMARY KEY("bank","branch")
);
--> statement-breakpoint
CREATE TABLE "core_banking"."authorisation_tries" (
	"subject" text PRIMARY KEY NOT NULL,
	"tries" integer NOT NULL,
	"locked_until" timestamp with time zone,
	"unlocked_by" text,
	"unlocked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "core_banking"."customers" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_ja" text,
	"mail_address" text NOT NULL,
	"language" text NOT NULL,
	"user_id" text NOT NULL,
	"password_hash" text NOT NULL,
	CONSTRAINT "customers_user_id" UNIQUE("user_id"),
	CONSTRAINT "customers_user_id_lower" CHECK ("core_banking"."customers"."user_id" = lower("core_banking"."customers"."user_id"))
);
--> statement-breakpoint
CREATE TABLE "core_banking"."staff" (
	"staff_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"roles" text[] NOT NULL,
	"password_hash" text NOT NULL,
	CONSTRAINT "staff_id_lower" CHECK ("core_banking"."staff"."staff_id" = lower("core_banking"."staff"."staff_id"))
);
--> statement-breakpoint
CREATE TABLE "core_banking"."sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"data" jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core_banking"."sign_in_tries" (
	"key" text PRIMARY KEY NOT NULL,
	"full_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "core_banking"."legs" (
	"payment_id" uuid NOT NULL,
	"order_number" text NOT NULL,
	"transfer_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "legs_pk" PRIMARY KEY("payment_id","order_number"),
	CONSTRAINT "legs_amount" CHECK ("core_banking"."legs"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "core_banking"."payments" (
	"payment_id" uuid PRIMARY KEY NOT NULL,
	"decision" bigint GENERATED ALWAYS AS IDENTITY (sequence name "core_banking"."payments_decision_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"result" text NOT NULL,
	"reason" text,
	"short_by_minor" bigint,
	"kind" text NOT NULL,
	"payer" text NOT NULL,
	"digest" text NOT NULL,
	"payer_account" text,
	"currency" text,
	"authorised_at" timestamp with time zone,
	"decided_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payments_reason" CHECK (("core_banking"."payments"."result" = 'refused') = ("core_banking"."payments"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "core_banking"."postings" (
	"posting" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "core_banking"."postings_posting_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transfer_id" uuid NOT NULL,
	"line" text NOT NULL,
	"account" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "postings_amount" CHECK ("core_banking"."postings"."amount_minor" <> 0)
);
--> statement-breakpoint
CREATE TABLE "core_banking"."transfers" (
	"transfer_id" uuid PRIMARY KEY NOT NULL,
	"payment_id" uuid,
	"debit_account" text NOT NULL,
	"credit_account" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"fee_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"reference" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "transfers_amount" CHECK ("core_banking"."transfers"."amount_minor" > 0 and "core_banking"."transfers"."fee_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "core_banking"."spent_tokens" (
	"issuer" text NOT NULL,
	"token_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "spent_tokens_pk" PRIMARY KEY("issuer","token_id")
);
--> statement-breakpoint
ALTER TABLE "core_banking"."accounts" ADD CONSTRAINT "accounts_customer_id_customers_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "core_banking"."customers"("customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core_banking"."accounts" ADD CONSTRAINT "accounts_branch" FOREIGN KEY ("bank","branch") REFERENCES "core_banking"."branches"("bank","branch") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core_banking"."legs" ADD CONSTRAINT "legs_payment_id_payments_payment_id_fk" FOREIGN KEY ("payment_id") REFERENCES "core_banking"."payments"("payment_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core_banking"."legs" ADD CONSTRAINT "legs_transfer_id_transfers_transfer_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "core_banking"."transfers"("transfer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core_banking"."postings" ADD CONSTRAINT "postings_transfer_id_transfers_transfer_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "core_banking"."transfers"("transfer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core_banking"."postings" ADD CONSTRAINT "postings_account_accounts_account_fk" FOREIGN KEY ("account") REFERENCES "core_banking"."accounts"("account") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core_banking"."transfers" ADD CONSTRAINT "transfers_payment_id_payments_payment_id_fk" FOREIGN KEY ("payment_id") REFERENCES "core_banking"."payments"("payment_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core_banking"."transfers" ADD CONSTRAINT "transfers_debit_account_accounts_account_fk" FOREIGN KEY ("debit_account") REFERENCES "core_banking"."accounts"("account") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "core_banking"."transfers" ADD CONSTRAINT "transfers_credit_account_accounts_account_fk" FOREIGN KEY ("credit_account") REFERENCES "core_banking"."accounts"("account") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_customer" ON "core_banking"."accounts" USING btree ("customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "legs_claim_paid_once" ON "core_banking"."legs" USING btree ("order_number") WHERE "core_banking"."legs"."kind" <> 'refund';--> statement-breakpoint
CREATE INDEX "legs_order_number" ON "core_banking"."legs" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "legs_transfer" ON "core_banking"."legs" USING btree ("transfer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_decision" ON "core_banking"."payments" USING btree ("decision");--> statement-breakpoint
CREATE INDEX "payments_executed" ON "core_banking"."payments" USING btree ("decision") WHERE "core_banking"."payments"."result" = 'executed';--> statement-breakpoint
CREATE INDEX "postings_account" ON "core_banking"."postings" USING btree ("account","posting");--> statement-breakpoint
CREATE INDEX "postings_transfer" ON "core_banking"."postings" USING btree ("transfer_id");--> statement-breakpoint
CREATE INDEX "transfers_payment" ON "core_banking"."transfers" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "spent_tokens_expiry" ON "core_banking"."spent_tokens" USING btree ("expires_at");