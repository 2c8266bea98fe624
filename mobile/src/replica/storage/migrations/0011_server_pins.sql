-- Keys of which the server's certificate must hold one: SHA-256 of the public key in hexadecimal, or its first half as it was typed,
-- with spaces between. Empty: a certificate authority vouches for the server.
alter table account add column server_pins text not null default '';
