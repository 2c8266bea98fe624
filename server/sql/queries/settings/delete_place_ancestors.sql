delete from place_ancestors
