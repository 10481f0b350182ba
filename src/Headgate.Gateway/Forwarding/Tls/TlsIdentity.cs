namespace Headgate.Gateway.Forwarding.Tls;

/// <summary>Which files and which name: what makes the TLS of two services, or of a service before and after a reload, the same.</summary>
/// <param name="Ca">The full path of the authorities' file, or null.</param>
/// <param name="Certificate">The full path of the certificate's file, or null.</param>
/// <param name="Key">The full path of the key's file; null where it is in that of the certificate.</param>
/// <param name="ServerName">The name that the service's certificate must bear; null for the host of the address.</param>
internal sealed record TlsIdentity(string? Ca, string? Certificate, string? Key, string? ServerName)
{
    /// <summary>The files.</summary>
    public IEnumerable<string> Files => new[] { Ca, Certificate, Key }.OfType<string>();
}
