namespace Headgate.Server.Commands;

/// <summary>What the program's exit codes mean, for every command.</summary>
internal static class ExitCodes
{
    /// <summary>Done; for <c>validate</c>: no errors, perhaps warnings.</summary>
    public const int Success = 0;

    /// <summary>The documents have errors, or the instance said no.</summary>
    public const int Failure = 1;

    /// <summary>The arguments, the settings or the machine do not allow to go on.</summary>
    public const int Usage = 2;
}
