namespace Headgate.Server.Hosting;

/// <summary>The machine or the settings do not allow to start. The message is one line that says what to do; the program ends with exit code 2.</summary>
internal sealed class StartFailure : Exception
{
    public StartFailure(string message)
        : base(message)
    {
    }

    public StartFailure(string message, Exception cause)
        : base(message, cause)
    {
    }
}
