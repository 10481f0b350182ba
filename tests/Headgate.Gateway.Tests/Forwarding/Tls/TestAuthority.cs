using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Headgate.Gateway.Tests.Forwarding.Tls;

/// <summary>A certificate authority of a test, and the files of what it signs, in a folder that goes with it.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name = "test authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        Folder = Directory.CreateTempSubdirectory("headgate-tls-").FullName;
        WriteTo("ca.pem");
    }

    public string Folder { get; }

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Writes the authority's certificate.</summary>
    public void WriteTo(string file) => Replace(PathOf(file), _certificate.ExportCertificatePem());

    /// <summary>Signs a certificate for a name.</summary>
    public X509Certificate2 Sign(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (System.Net.IPAddress.TryParse(name, out System.Net.IPAddress? address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        byte[] serial = RandomNumberGenerator.GetBytes(8);
        using X509Certificate2 signed = request.Create(_certificate, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), serial);
        using X509Certificate2 whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    /// <summary>Signs a certificate and writes it and its key.</summary>
    /// <returns>Its thumbprint.</returns>
    public string SignTo(string name, string certificateFile, string keyFile)
    {
        using X509Certificate2 certificate = Sign(name);
        Replace(PathOf(keyFile), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Replace(PathOf(certificateFile), certificate.ExportCertificatePem());
        return certificate.Thumbprint;
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    // As renewal tools do: a new file is complete before it takes the name.
    private static void Replace(string path, string content)
    {
        File.WriteAllText(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }
}
