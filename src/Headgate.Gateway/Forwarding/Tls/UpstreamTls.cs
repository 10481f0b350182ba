using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Forwarding.Tls;

/// <summary>
/// How Headgate and a service recognise each other over TLS. The files are read again when they change; new connections then use what they hold, and connections that are open go on. Lives
/// from plan to plan. Thread-safe.
/// </summary>
/// <param name="identity">Which files and which name.</param>
/// <param name="logger">Where renewals are told.</param>
internal sealed class UpstreamTls(TlsIdentity identity, ILogger logger)
{
    private readonly Lock _lock = new();
    private TlsMaterial? _current;
    private string _seen = "";

    /// <summary>The name that the service's certificate must bear; null for the host of the address.</summary>
    public string? ServerName => identity.ServerName;

    /// <summary>What was read last and can be used; null before the first good reading.</summary>
    public TlsMaterial? Current => Volatile.Read(ref _current);

    /// <summary>Reads the files unless they are as they were.</summary>
    /// <returns>Why they cannot be used; null when they can.</returns>
    public string? ReadNow()
    {
        lock (_lock)
        {
            string now = Look();
            if (now == _seen && _current is not null)
                return null;
            (TlsMaterial? material, string reason) = TlsMaterial.Read(identity);
            _seen = now;
            if (material is null)
                return reason;
            Volatile.Write(ref _current, material);
            return null;
        }
    }

    /// <summary>Reads the files when they have changed. Those that cannot be used leave what is in use as it is.</summary>
    public void RenewWhenChanged()
    {
        string? reason;
        lock (_lock)
        {
            if (Look() == _seen)
                return;
            reason = ReadNow();
        }

        // Half of a renewal (new certificate, old key) looks like this for a moment: the next change is looked at again.
        string files = string.Join(", ", identity.Files);
        if (reason is null)
            TlsLog.Renewed(logger, files);
        else
            TlsLog.Unusable(logger, files, reason);
    }

    private string Look() => string.Join('|', identity.Files.Select(file =>
    {
        var info = new FileInfo(file);
        return info.Exists ? $"{info.LastWriteTimeUtc.Ticks}:{info.Length}" : "-";
    }));
}
