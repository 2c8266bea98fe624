insert into place_ancestors (ancestor, place) values ($1, $2) on conflict (ancestor, place) do nothing
