using Headgate.Storage;

namespace Headgate.Integration.Operations;

/// <summary>Claims something in the command with which an operation begins: both are there, or neither.</summary>
/// <param name="id">The id of the operation.</param>
/// <returns>The statement that claims it; it changes no row when another has it.</returns>
internal delegate StoreStatement OperationClaim(string id);
