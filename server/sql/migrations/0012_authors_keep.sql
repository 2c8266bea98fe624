-- Sessions and openings that name nobody were not placed anew when people changed. All are once, at the next settings.
update documents set is_personal = true;
