namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>Where Headgate refuses what the fixtures' parser takes, each with its reason; and where that parser refuses by a policy of its own.</summary>
internal static class StricterThanFixtures
{
    public static readonly Dictionary<string, string> Responses = new()
    {
        ["response/connection.md: HTTP 100 first, then 400"] = "RFC 9112 §2.2 speaks of empty lines before requests alone; before a status line they are refused.",
        ["response/connection.md: HTTP 103 first, then 200"] = "The fixture ends before the declared end of the body.",
        ["response/content-length.md: Content-Length reset when no body is received"] = "The fixture ends before the declared end of the body.",
        ["response/content-length.md: Tabs in `Content-Length` (surrounding)"] = "The fixture ends before the declared end of the body.",
        ["response/sample.md: RTSP response"] = "Not HTTP/1.x.",
        ["response/sample.md: ICE response"] = "Not HTTP/1.x.",
        ["response/sample.md: HTTP version 0.9"] = "Not HTTP/1.x.",
        ["response/sample.md: Response starting with CRLF"] = "RFC 9112 §2.2 speaks of empty lines before requests alone; before a status line they are refused.",
        ["response/transfer-encoding.md: `chunked` before other transfer-encoding"] = "RFC 9112 §6.1: of the codings chunked alone is understood.",
        ["response/transfer-encoding.md: multiple transfer-encoding where chunked is not the last one"] = "RFC 9112 §6.1: of the codings chunked alone is understood.",
        ["response/transfer-encoding.md: `chunkedchunked` transfer-encoding does not enable chunked enconding"] = "RFC 9112 §6.1: of the codings chunked alone is understood.",
        ["response/transfer-encoding.md: Chunk extensions quoting"] = "The fixture ends before the declared end of the body.",
    };

    public static readonly Dictionary<string, string> Requests = new()
    {
        ["request/content-length.md: Spaces in `Content-Length` (surrounding)"] = "The fixture ends before the declared end of the body.",
        ["request/content-length.md: Spaces in `Content-Length` (surrounding) / Tabs in `Content-Length` (surrounding)"] = "The fixture ends before the declared end of the body.",
        ["request/content-length.md: Content-Length reset when no body is received"] = "The fixture ends before the declared end of the body.",
        ["request/method.md: M-SEARCH request"] = "RFC 9112 §3.2.4: the asterisk form is for OPTIONS alone.",
        ["request/method.md: SOURCE request with ICE"] = "Not HTTP/1.x.",
        ["request/method.md: OPTIONS request with RTSP"] = "Not HTTP/1.x.",
        ["request/method.md: ANNOUNCE request with RTSP"] = "Not HTTP/1.x.",
        ["request/sample.md: curl GET"] = "Kestrel: Host is not valid (RFC 9112 §3.2).",
        ["request/sample.md: Firefox GET"] = "Kestrel: Host is not valid (RFC 9112 §3.2).",
        ["request/sample.md: No HTTP version"] = "Not HTTP/1.x.",
        ["request/transfer-encoding.md: `chunked` / Parsing and setting flag"] = "The fixture ends before the declared end of the body.",
        ["request/transfer-encoding.md: `chunked` / Chunk extensions"] = "The fixture ends before the declared end of the body.",
        ["request/transfer-encoding.md: `chunked` / Chunk extensions quoting"] = "The fixture ends before the declared end of the body.",
        ["request/transfer-encoding.md: POST with `chunked` as last transfer-encoding"] = "RFC 9112 §6.1: of the codings chunked alone is understood.",
        ["request/transfer-encoding.md: POST with `chunked` as last transfer-encoding (multiple headers)"] = "RFC 9112 §6.1: of the codings chunked alone is understood.",
        ["request/uri.md: Host terminated by a query string"] = "Kestrel: the authority of an absolute-form target must be well formed and equal Host.",
        ["request/uri.md: `host:port` terminated by a query string"] = "Kestrel: the authority of an absolute-form target must be well formed and equal Host.",
        ["request/uri.md: `host:port` terminated by a space"] = "Kestrel: the authority of an absolute-form target must be well formed and equal Host.",
        ["request/uri.md: `host:port` and basic auth"] = "Kestrel: the authority of an absolute-form target must be well formed and equal Host.",
    };

    // Methods are open-ended (RFC 9110 §9.1); an empty line between requests is harmless; chunk extensions are dropped unread, since the body is framed anew.
    public static readonly HashSet<string> OwnPolicyOfThatParser =
    [
        "request/connection.md: `keep-alive` / CRLF between requests, implicit `keep-alive`",
        "request/invalid.md: HTTP protocol and ANNOUNCE method",
        "request/invalid.md: Invalid method",
        "request/transfer-encoding.md: `chunked` / No extension after semicolon",
    ];
}
