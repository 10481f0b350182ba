using System.Net;
using System.Text.Json;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>Fetches key sets. An answer is bounded in size and time, and a redirect is no answer: keys come from where they were said to be. Thread-safe.</summary>
internal sealed class KeyFetcher : IDisposable
{
    /// <summary>The most bytes of a key set or a configuration.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>The longest that a source may take, all its addresses together.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public KeyFetcher(TimeProvider time)
    {
        _time = time;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        _client = new HttpClient(handler) { MaxResponseContentBufferSize = MostBytes, Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="KeySourceException">It cannot be read.</exception>
    public static FetchedKeys ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
                throw new KeySourceException($"{path} is larger than {MostBytes} bytes.");
            return new FetchedKeys(File.ReadAllBytes(path), Issuer: null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeySourceException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Fetches the set of an origin.</summary>
    /// <exception cref="KeySourceException">It cannot be had.</exception>
    public async Task<FetchedKeys> FetchAsync(KeyOrigin origin)
    {
        if (origin.Kind == KeyOriginKind.File)
            return ReadFile(origin.Place);
        using var timeout = new CancellationTokenSource(Timeout, _time);
        return origin.Kind == KeyOriginKind.Discovery
            ? await DiscoverAsync(origin, timeout.Token)
            : new FetchedKeys(await GetAnyAsync(origin.Addresses, timeout.Token), Issuer: null);
    }

    public void Dispose() => _client.Dispose();

    private async Task<FetchedKeys> DiscoverAsync(KeyOrigin origin, CancellationToken cancellationToken)
    {
        DiscoveryDocument configuration = Parse(await GetAsync(origin.Addresses[0], cancellationToken), origin.Place);
        if (configuration.Issuer is null || !origin.IsOf(configuration.Issuer))
            throw new KeySourceException($"{origin.Place} is the configuration of {configuration.Issuer ?? "nobody"}, not of {origin.Issuer ?? KeyOrigin.IssuerAt(origin.Place) ?? "an issuer"}.");
        if (!Uri.TryCreate(configuration.KeysUri, UriKind.Absolute, out Uri? keys) || !KeyOrigin.IsSafe(keys))
            throw new KeySourceException($"{origin.Place} names no 'jwks_uri' that may be used: https, or http on this machine.");
        return new FetchedKeys(await GetAsync(keys, cancellationToken), configuration.Issuer);
    }

    private async Task<byte[]> GetAnyAsync(IReadOnlyList<Uri> addresses, CancellationToken cancellationToken)
    {
        for (int i = 0; i < addresses.Count - 1; i++)
        {
            try
            {
                return await GetAsync(addresses[i], cancellationToken);
            }
            catch (KeySourceException) when (!cancellationToken.IsCancellationRequested)
            {
                // Another instance of the service has the same keys; the last one's failure is told.
            }
        }

        return await GetAsync(addresses[^1], cancellationToken);
    }

    private async Task<byte[]> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new KeySourceException($"{address} answered {(int)response.StatusCode}.");
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw new KeySourceException($"{address} did not answer within {Timeout.TotalSeconds} s.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new KeySourceException($"{address} could not be read: {exception.Message}", exception);
        }
    }

    private static DiscoveryDocument Parse(byte[] json, string place)
    {
        try
        {
            return JsonSerializer.Deserialize(json, KeyJson.Default.DiscoveryDocument) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new KeySourceException($"{place} is no configuration of an issuer.", exception);
        }
    }
}
