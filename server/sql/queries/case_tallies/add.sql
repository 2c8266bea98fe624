insert into case_tallies (adm3, project, month, class, about, whose, cases) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (month, adm3, project, class, about, whose) do update set cases = case_tallies.cases + excluded.cases
