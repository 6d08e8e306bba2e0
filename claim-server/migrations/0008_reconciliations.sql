CREATE TABLE "claim_server"."reconciliations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"extent" text NOT NULL,
	"period" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"counts" jsonb NOT NULL,
	"rows_that_differ" integer NOT NULL,
	"differences" jsonb NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliations_once" ON "claim_server"."reconciliations" USING btree ("extent","period");--> statement-breakpoint
CREATE INDEX "payments_by_time" ON "claim_server"."payments" USING brin ("created_at");