using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Headgate.Server.Tests.Support;

/// <summary>Makes certificates of 127.0.0.1 as PEM files.</summary>
internal static class TestCertificate
{
    /// <summary>Writes <c>tls.crt</c> and <c>tls.key</c> and gives the certificate's thumbprint.</summary>
    public static string Write(TemporaryDirectory directory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=headgate test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        // As renewal tools do: the new files are complete before they take the names.
        Replace(directory.PathOf("tls.key"), key.ExportPkcs8PrivateKeyPem());
        Replace(directory.PathOf("tls.crt"), certificate.ExportCertificatePem());
        return certificate.Thumbprint;
    }

    private static void Replace(string path, string content)
    {
        File.WriteAllText(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }
}
