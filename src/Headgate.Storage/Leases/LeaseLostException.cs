namespace Headgate.Storage.Leases;

/// <summary>A command ran under a lease that is no longer its holder's; it was undone.</summary>
public sealed class LeaseLostException : Exception
{
    /// <summary>Says that a lease was lost; whoever finds out by renewing it says so too.</summary>
    public LeaseLostException(Lease lease)
        : base($"The lease {lease.Name} with token {lease.Token} is no longer held by {lease.Owner}.")
    {
        Lease = lease;
    }

    /// <summary>The lease as it was held.</summary>
    public Lease Lease { get; }
}
