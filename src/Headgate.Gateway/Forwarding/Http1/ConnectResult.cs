using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>A new connection, or why there is none. A value.</summary>
internal readonly record struct ConnectResult(UpstreamConnection? Connection, GatewayErrorKind? Error);
