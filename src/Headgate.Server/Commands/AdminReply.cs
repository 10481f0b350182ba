namespace Headgate.Server.Commands;

/// <summary>What an instance answered to a command.</summary>
/// <param name="Value">The answer; null when there is none, and why stands on the console then.</param>
/// <param name="ExitCode">The command's exit code: success, failure when the instance said no to what was asked, usage when it could not be asked.</param>
internal readonly record struct AdminReply<T>(T? Value, int ExitCode)
    where T : class;
