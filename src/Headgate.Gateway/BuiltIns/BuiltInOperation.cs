using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.BuiltIns;

/// <summary>
/// Answers one operation of a <see cref="BuiltInApi"/>: sets status, header fields and body of <see cref="GatewayContext.Response"/> (<see cref="BuiltInAnswer"/> does
/// it for bytes in memory), or calls <see cref="GatewayContext.Fail"/> with an error of the catalogue. Serves many requests at once. It begins on an event thread and must
/// not block it: what computes for long awaits <see cref="PoolHop.Now"/> first. A store that cannot be used needs no handling here: the answer is 503.
/// </summary>
/// <param name="context">The request, which every policy has let through.</param>
/// <param name="body">Its whole body, within the limit that the document sets; empty when it has none.</param>
public delegate ValueTask BuiltInOperation(GatewayContext context, ReadOnlyMemory<byte> body);
