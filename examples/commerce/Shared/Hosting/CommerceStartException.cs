namespace Commerce.Shared.Hosting;

/// <summary>The services cannot start, for a reason that the person who started them can do something about.</summary>
public sealed class CommerceStartException : Exception
{
    /// <summary>Says in one line what is wrong and what to do.</summary>
    public CommerceStartException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
