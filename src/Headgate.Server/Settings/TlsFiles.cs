namespace Headgate.Server.Settings;

/// <summary>The files of the certificate of <c>https://</c> listeners.</summary>
/// <param name="Certificate">The certificate with its chain, PEM.</param>
/// <param name="Key">The private key, PEM.</param>
internal sealed record TlsFiles(string Certificate, string Key);
