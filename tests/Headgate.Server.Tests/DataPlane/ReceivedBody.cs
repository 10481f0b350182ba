namespace Headgate.Server.Tests.DataPlane;

/// <summary>What came in a chunked body: its bytes by number and hash, and its trailer fields.</summary>
internal sealed record ReceivedBody(long Bytes, string Sha256, IReadOnlyDictionary<string, string> Trailers);
