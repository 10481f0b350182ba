namespace Headgate.Integration.Operations;

/// <summary>An operation is no longer this process's: another has it, or it was ended from outside. Nothing was saved.</summary>
public sealed class OperationLostException : Exception
{
    internal OperationLostException(string id)
        : base($"The operation {id} is no longer this instance's.")
    {
    }
}
