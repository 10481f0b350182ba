using Headgate.Bench.Subjects;

namespace Headgate.Bench.FullChain;

/// <summary>
/// The same in HAProxy's words, in the form of its manual (<c>jwt_verify</c>): the algorithm is looked at before the signature, then the claims, then a request
/// rate of each user, each tenant and all. It knows no schema of a parameter, makes no trace context and hands no identity on: those it is spared.
/// </summary>
internal static class HaproxyFullChain
{
    // As many consumers as the gateway's tables hold.
    private const string TableSize = "1m";

    /// <param name="keyFile">The public key of the issuer, as PEM.</param>
    public static HaproxySubject Subject(string keyFile) => new()
    {
        Frontend = $$"""
              http-request set-var(txn.bearer) http_auth_bearer
              http-request deny deny_status 401 unless { var(txn.bearer) -m found }
              http-request set-var(txn.alg) var(txn.bearer),jwt_header_query('$.alg')
              http-request deny deny_status 401 unless { var(txn.alg) -m str RS256 }
              http-request deny deny_status 401 unless { var(txn.bearer),jwt_verify(txn.alg,"{{keyFile}}") 1 }
              http-request set-var(txn.iss) var(txn.bearer),jwt_payload_query('$.iss')
              http-request deny deny_status 401 unless { var(txn.iss) -m str {{TokenMint.Issuer}} }
              http-request set-var(txn.aud) var(txn.bearer),jwt_payload_query('$.aud')
              http-request deny deny_status 401 unless { var(txn.aud) -m str {{TokenMint.Audience}} }
              http-request set-var(txn.now) date()
              http-request set-var(txn.exp) var(txn.bearer),jwt_payload_query('$.exp','int')
              http-request deny deny_status 401 if { var(txn.exp),sub(txn.now) -m int lt 0 }
              http-request set-var(txn.scope) var(txn.bearer),jwt_payload_query('$.scope')
              http-request deny deny_status 403 unless { var(txn.scope) -m sub {{TokenMint.Scope}} }
              http-request set-var(txn.user) var(txn.bearer),jwt_payload_query('$.sub')
              http-request set-var(txn.tenant) var(txn.bearer),jwt_payload_query('$.tenant_id')
              http-request track-sc0 var(txn.user) table per-user
              http-request track-sc1 var(txn.tenant) table per-tenant
              http-request track-sc2 int(1) table global
              http-request deny deny_status 429 if { sc_http_req_rate(0) gt {{FullChainDocument.Limit}} }
              http-request deny deny_status 429 if { sc_http_req_rate(1) gt {{FullChainDocument.Limit}} }
              http-request deny deny_status 429 if { sc_http_req_rate(2) gt {{FullChainDocument.Limit}} }
            """,
        Sections = $"""
            backend per-user
              stick-table type string len 32 size {TableSize} expire 2m store http_req_rate(1m)
            backend per-tenant
              stick-table type string len 32 size {TableSize} expire 2m store http_req_rate(1m)
            backend global
              stick-table type integer size 1 expire 2m store http_req_rate(1m)

            """,
    };
}
