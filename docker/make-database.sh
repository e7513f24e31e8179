#!/bin/sh
# Run by PostgreSQL's image once, on an empty volume: the archive's database, owned by an account that may do nothing
# else. Its password comes from ARCHIVE_PASSWORD.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$ARCHIVE_PASSWORD" --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
CREATE ROLE archive LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE archive OWNER archive;
REVOKE ALL ON DATABASE archive FROM PUBLIC;
REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;
SQL
