select count(*) from quarantine
