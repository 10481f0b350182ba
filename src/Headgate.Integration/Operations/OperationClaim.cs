using Headgate.Storage;

namespace Headgate.Integration.Operations;

/// <summary>Keeps something in the command with which an operation begins: both are there, or neither. As a command it may run more than once.</summary>
/// <param name="session">The command's session.</param>
/// <param name="id">The id of the operation.</param>
/// <returns>Whether the operation is to begin.</returns>
internal delegate ValueTask<bool> OperationClaim(StoreSession session, string id);
