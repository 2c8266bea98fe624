insert into enrolment_codes (user_id, code_hash, made_by, made_at) values ($1, $2, $3, $4)
on conflict (user_id) do update set code_hash = excluded.code_hash, made_by = excluded.made_by, made_at = excluded.made_at
