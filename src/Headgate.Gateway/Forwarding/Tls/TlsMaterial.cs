using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Headgate.Gateway.Forwarding.Tls;

/// <summary>What the files of a service's TLS settings held when they were read. Immutable, thread-safe.</summary>
internal sealed class TlsMaterial
{
    private readonly TlsIdentity _identity;
    private readonly X509Certificate2Collection? _authorities;
    private readonly SslStreamCertificateContext? _certificate;

    private TlsMaterial(TlsIdentity identity, X509Certificate2Collection? authorities, SslStreamCertificateContext? certificate) =>
        (_identity, _authorities, _certificate) = (identity, authorities, certificate);

    /// <summary>Reads the files.</summary>
    /// <returns>The material; null, with the reason, when they cannot be used.</returns>
    public static (TlsMaterial? Material, string Reason) Read(TlsIdentity identity)
    {
        try
        {
            X509Certificate2Collection? authorities = identity.Ca is null ? null : ReadAuthorities(identity.Ca);
            if (authorities is { Count: 0 })
                return (null, $"{identity.Ca} holds no certificate.");
            return (new TlsMaterial(identity, authorities, identity.Certificate is null ? null : ReadCertificate(identity.Certificate, identity.Key)), "");
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>The options for handshakes. The name is taken from <c>Host</c> by the client.</summary>
    public SslClientAuthenticationOptions ToOptions()
    {
        var options = new SslClientAuthenticationOptions { ClientCertificateContext = _certificate, TargetHost = _identity.ServerName };
        if (_authorities is null)
            return options;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(_authorities);
        options.CertificateChainPolicy = policy;
        return options;
    }

    private static X509Certificate2Collection ReadAuthorities(string path)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities;
    }

    private static SslStreamCertificateContext ReadCertificate(string path, string? keyPath)
    {
        using X509Certificate2 fromPem = X509Certificate2.CreateFromPemFile(path, keyPath);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(path);
        chain.RemoveAt(0);

        // Through PKCS#12, because SslStream on some systems cannot use a key that lives in memory only.
        X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), null);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
