CREATE TABLE "claim_server"."reconciliations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"bank" text NOT NULL,
	"extent" text NOT NULL,
	"period" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"leased_until" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"counts" jsonb,
	"rows_that_differ" integer,
	"differences" jsonb,
	CONSTRAINT "reconciliations_result" CHECK (num_nulls("claim_server"."reconciliations"."ended_at", "claim_server"."reconciliations"."counts", "claim_server"."reconciliations"."rows_that_differ", "claim_server"."reconciliations"."differences") in (0, 4))
);
--> statement-breakpoint
ALTER TABLE "claim_server"."reconciliations" ADD CONSTRAINT "reconciliations_bank_banks_code_fk" FOREIGN KEY ("bank") REFERENCES "claim_server"."banks"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliations_once" ON "claim_server"."reconciliations" USING btree ("bank","extent","period");--> statement-breakpoint
CREATE INDEX "payments_by_time" ON "claim_server"."payments" USING brin ("created_at");