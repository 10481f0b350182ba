using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Headgate.Gateway.Background;
using Headgate.Server.Documents;
using Headgate.Server.Settings;

namespace Headgate.Server.Hosting;

/// <summary>The certificate of TLS listeners, read again when its files change. New handshakes use the new one; connections go on. Thread-safe.</summary>
internal sealed class CertificateFile
{
    private readonly TlsFiles _files;
    private readonly ILogger<CertificateFile> _logger;
    private FileFingerprints _seen;
    private SslStreamCertificateContext _current;

    /// <summary>Reads the files.</summary>
    /// <exception cref="StartFailure">They hold no certificate with its key.</exception>
    public CertificateFile(TlsFiles files, ILogger<CertificateFile> logger)
    {
        (_files, _logger) = (files, logger);
        _seen = Look();
        try
        {
            _current = Read();
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartFailure($"The certificate {files.Certificate} with the key {files.Key} cannot be used: {exception.Message} Name PEM files that belong together.", exception);
        }
    }

    /// <summary>The certificate for the next handshake.</summary>
    public SslStreamCertificateContext Current => Volatile.Read(ref _current);

    /// <summary>Looks at the files at intervals until cancelled. Files that cannot be read leave the certificate in use as it is.</summary>
    public Task WatchAsync(TimeSpan interval, TimeProvider time, CancellationToken cancellationToken) =>
        Rounds.RunAsync(interval, time, atOnce: false, _ => RenewWhenChanged(), cancellationToken);

    private void RenewWhenChanged()
    {
        FileFingerprints now = Look();
        if (now.Equals(_seen))
            return;
        _seen = now;
        try
        {
            Volatile.Write(ref _current, Read());
            HostingLog.CertificateRenewed(_logger, _files.Certificate);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Half of a renewal (new certificate, old key) looks like this for a moment: the next change is looked at again.
            HostingLog.CertificateUnusable(_logger, _files.Certificate, exception.Message);
        }
    }

    private SslStreamCertificateContext Read()
    {
        using X509Certificate2 fromPem = X509Certificate2.CreateFromPemFile(_files.Certificate, _files.Key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_files.Certificate);
        chain.RemoveAt(0);

        // Through PKCS#12, because SslStream on some systems cannot use a key that lives in memory only.
        X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), null);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private FileFingerprints Look() => FileFingerprints.Of([Path.GetFullPath(_files.Certificate), Path.GetFullPath(_files.Key)]);
}
