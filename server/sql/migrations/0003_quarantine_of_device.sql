-- How much one device has in quarantine is asked at each refusal.
create index quarantine_device on quarantine (device_id);
