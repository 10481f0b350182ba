namespace Headgate.Server.Commands;

/// <summary>The running instance that a command asks.</summary>
/// <param name="Data">Its data directory, which tells its address and its admin key.</param>
/// <param name="Admin">Its admin address where it is given; null for what the data directory says.</param>
/// <param name="Console">Where refusals are written.</param>
internal sealed record AdminTarget(string Data, string? Admin, CommandConsole Console);
