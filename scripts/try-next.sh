# What a person can type once everything runs. Sourced by up.sh.
# shellcheck shell=bash

# print_try_next GATEWAY_PORT ADMIN_PORT DATA_DIR
print_try_next() {
    local gateway="http://127.0.0.1:$1" admin="http://127.0.0.1:$2"
    cat <<TEXT

Headgate is ready: $gateway (probes, metrics and admin: $admin; logs: $3/logs)

Try next, in another terminal:

  # log in (alice and bob shop at acme, carol and dave at globex; each password is NAME-password)
  TOKEN=\$(curl -s $gateway/auth/login -H 'Content-Type: application/json' \\
    -d '{"username":"alice","password":"alice-password"}' | sed 's/.*"accessToken":"\([^"]*\)".*/\1/')

  # or let an application send its users here (docs/guides/sign-in-with-openid-connect.md)
  curl -s $gateway/identity/.well-known/openid-configuration; echo

  # browse
  curl -s "$gateway/products?limit=3"; echo

  # order, and read it back
  ORDER=\$(curl -s $gateway/orders -H "Authorization: Bearer \$TOKEN" -H 'Content-Type: application/json' \\
    -d '{"userId":"user-alice","items":[{"productId":"product1","quantity":1}],"shippingAddress":{"street":"1 Canal Street","city":"Lockport","postalCode":"10001","country":"US"}}' \\
    | grep -o '"id":"[^"]*"' | head -n 1 | cut -d'"' -f4)
  curl -s $gateway/orders/\$ORDER -H "Authorization: Bearer \$TOKEN"; echo

  # what went through
  curl -s $admin/metrics | grep '^headgate_requests_total'

Ctrl-C drains and stops everything.
TEXT
}
