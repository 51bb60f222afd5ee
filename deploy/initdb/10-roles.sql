-- Runs once, when the database's volume is empty (docker-entrypoint-initdb.d), as the superuser, in the database lilong.
--
-- Two roles, so that a fault in the API can't change the schema: lilong_owner owns the tables and only `lilong migrate` and
-- `lilong import` use it; lilong_api reads and writes rows. Neither is a superuser.

\getenv owner_password LILONG_OWNER_PASSWORD
\getenv api_password LILONG_API_PASSWORD
-- An empty password would not fail here, and nobody could log in.
SELECT :'owner_password' = '' OR :'api_password' = '' AS is_missing \gset
\if :is_missing
    \warn 'LILONG_OWNER_PASSWORD and LILONG_API_PASSWORD must not be empty'
    SELECT 1 / 0;
\endif

CREATE ROLE lilong_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE lilong_api LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'api_password';

-- Nobody gets anything by default.
REVOKE ALL ON DATABASE lilong FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

ALTER DATABASE lilong OWNER TO lilong_owner;
ALTER SCHEMA public OWNER TO lilong_owner;
GRANT CONNECT ON DATABASE lilong TO lilong_api;
GRANT USAGE ON SCHEMA public TO lilong_api;

-- For whatever the migrations will make. A migration may take some of it back: rows that must stay (the audit) can't be
-- changed or deleted by the API.
ALTER DEFAULT PRIVILEGES FOR ROLE lilong_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lilong_api;
ALTER DEFAULT PRIVILEGES FOR ROLE lilong_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO lilong_api;
ALTER DEFAULT PRIVILEGES FOR ROLE lilong_owner IN SCHEMA public
    GRANT EXECUTE ON FUNCTIONS TO lilong_api;

-- A request that hangs must not hold a lock or a connection for ever. Jobs that need longer say so for their transaction.
ALTER ROLE lilong_api SET statement_timeout = '10s';
ALTER ROLE lilong_api SET lock_timeout = '3s';
ALTER ROLE lilong_api SET idle_in_transaction_session_timeout = '10s';
