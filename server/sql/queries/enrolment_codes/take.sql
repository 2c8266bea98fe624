delete from enrolment_codes where user_id = $1 and code_hash = $2 returning made_by, made_at
