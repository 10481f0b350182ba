using System.Net;

namespace Commerce.Shared.Hosting;

/// <summary>
/// The commerce services, running in this process. Start it with <see cref="StartAsync"/>; disposing it lets requests that
/// are being served finish (up to 10 s) and frees ports and files.
/// </summary>
public sealed class CommerceHost : IAsyncDisposable
{
    private readonly List<ServiceServer> _servers = [];

    private CommerceHost(string serviceKey) => ServiceKey = serviceKey;

    /// <summary>The services that listen, in the order in which they were started.</summary>
    public IReadOnlyList<RunningService> Services => [.. _servers.Select(server => server.Running)];

    /// <summary>What services send as <c>X-API-Key</c> to each other.</summary>
    public string ServiceKey { get; }

    /// <summary>Where the service of that name listens.</summary>
    /// <exception cref="InvalidOperationException">No such service runs here.</exception>
    public Uri Address(string service) => _servers.Single(server => server.Running.Name == service).Running.Address;

    /// <summary>Starts one service or all of them, and returns when each listens.</summary>
    /// <exception cref="CommerceStartException">A port is in use, or the data directory cannot be written, or a setting is wrong.</exception>
    public static async Task<CommerceHost> StartAsync(CommerceOptions options, CancellationToken cancellationToken)
    {
        if (!IPAddress.TryParse(options.Host, out _))
            throw new CommerceStartException($"--host must be an IP address, not '{options.Host}'.");
        var services = ServiceCatalogue.Select(options.Service);
        var secrets = new SecretFiles(options.DataDirectory, options.Environment);
        var host = new CommerceHost(PrepareData(options, secrets));
        var directory = new ServiceDirectory(options);
        try
        {
            foreach (var service in services)
                host._servers.Add(await ServiceServer.StartAsync(service, options, secrets, directory, cancellationToken));
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops all services, the last started first.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var last = _servers.Count - 1; last >= 0; last--)
            await _servers[last].DisposeAsync();
        _servers.Clear();
    }

    private static string PrepareData(CommerceOptions options, SecretFiles secrets)
    {
        try
        {
            Directory.CreateDirectory(options.DataDirectory);
            return secrets.Get(SecretFiles.ServiceKey);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommerceStartException(
                $"The data directory '{options.DataDirectory}' cannot be written. Choose another with --data. ({error.Message})", error);
        }
    }
}
