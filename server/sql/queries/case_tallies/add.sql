insert into case_tallies (adm3, project, month, class, cases) values ($1, $2, $3, $4, $5)
on conflict (adm3, project, month, class) do update set cases = case_tallies.cases + excluded.cases
