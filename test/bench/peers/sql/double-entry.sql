-- What a bank's ledger does at the least: three balances, one transfer, its lines. No ids of callers, no
-- signatures, no refusals that are kept.
create table accounts (
  account integer primary key,
  balance_minor bigint not null,
  is_limited boolean not null,
  constraint accounts_limit check (balance_minor >= 0 or not is_limited)
);

create table transfers (
  transfer bigint primary key generated always as identity,
  debit_account integer not null references accounts,
  credit_account integer not null references accounts,
  amount_minor bigint not null check (amount_minor > 0),
  fee_minor bigint not null check (fee_minor >= 0),
  made_at timestamptz not null default now()
);

create table postings (
  posting bigint primary key generated always as identity,
  transfer bigint not null references transfers,
  account integer not null references accounts,
  amount_minor bigint not null check (amount_minor <> 0)
);
create index postings_of_account on postings (account, posting);
create index postings_of_transfer on postings (transfer);

create function pay(payer integer, payee integer, minor bigint, fee bigint) returns bigint
  language plpgsql as $$
declare
  fee_account constant integer := 0;
  made bigint;
begin
  perform from accounts where account in (payer, payee) order by account for no key update;
  insert into transfers (debit_account, credit_account, amount_minor, fee_minor)
    values (payer, payee, minor, fee) returning transfer into made;
  insert into postings (transfer, account, amount_minor)
    select made, line.account, line.minor
    from (values (payer, -minor), (payee, minor), (payer, -fee), (fee_account, fee))
      as line (account, minor)
    where line.minor <> 0;
  update accounts set balance_minor = balance_minor - minor - fee where account = payer;
  update accounts set balance_minor = balance_minor + minor where account = payee;
  if fee > 0 then
    update accounts set balance_minor = balance_minor + fee where account = fee_account;
  end if;
  return made;
end $$;
