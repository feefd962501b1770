-- Run once by the image, when the volume is empty. Per service: a role that owns its database and its schema, for migrations,
-- and a role that may use it, to which the migrations grant what the service needs. Nobody else may connect.
\getenv orders_owner_password ORDERS_OWNER_PASSWORD
\getenv orders_password ORDERS_PASSWORD
\getenv inventory_owner_password INVENTORY_OWNER_PASSWORD
\getenv inventory_password INVENTORY_PASSWORD

create role orders_owner login password :'orders_owner_password';
create role orders login password :'orders_password';
create role inventory_owner login password :'inventory_owner_password';
create role inventory login password :'inventory_password';

create database orders owner orders_owner;
create database inventory owner inventory_owner;

revoke all on database postgres, template1, orders, inventory from public;
grant connect on database orders to orders;
grant connect on database inventory to inventory;
