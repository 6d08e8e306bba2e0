CREATE TABLE "claim_server"."holidays" (
	"bank" text NOT NULL,
	"date" date NOT NULL,
	"name" text NOT NULL,
	"name_ja" text NOT NULL,
	CONSTRAINT "holidays_pk" PRIMARY KEY("bank","date")
);
--> statement-breakpoint
ALTER TABLE "claim_server"."holidays" ADD CONSTRAINT "holidays_bank_banks_code_fk" FOREIGN KEY ("bank") REFERENCES "claim_server"."banks"("code") ON DELETE no action ON UPDATE no action;