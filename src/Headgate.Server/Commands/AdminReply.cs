using System.Text.Json.Serialization.Metadata;

namespace Headgate.Server.Commands;

/// <summary>What an instance answered to a command.</summary>
/// <param name="Value">The answer; null when there is none, and why stands on the console then.</param>
/// <param name="ExitCode">The command's exit code: success, failure when the instance said no to what was asked, usage when it could not be asked.</param>
internal readonly record struct AdminReply<T>(T? Value, int ExitCode)
    where T : class
{
    /// <summary>Prints the answer, where there is one.</summary>
    /// <param name="console">Where.</param>
    /// <param name="json">Whether as JSON.</param>
    /// <param name="type">How it is written as JSON.</param>
    /// <param name="write">Writes it in words.</param>
    /// <param name="isGood">Whether what it says is a success; null for every answer.</param>
    /// <returns>The command's exit code.</returns>
    public int Print(CommandConsole console, bool json, JsonTypeInfo<T> type, Action<T> write, Func<T, bool>? isGood = null)
    {
        if (Value is null)
            return ExitCode;
        if (json)
            console.WriteJson(Value, type);
        else
            write(Value);
        return isGood?.Invoke(Value) == false ? ExitCodes.Failure : ExitCodes.Success;
    }
}
