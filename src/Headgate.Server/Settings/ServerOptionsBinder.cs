using System.Net;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.Telemetry.AccessLog;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Operations;

namespace Headgate.Server.Settings;

/// <summary>Makes <see cref="ServerOptions"/> of the settings' texts and finds everything that is wrong with them at once.</summary>
internal sealed class ServerOptionsBinder(SettingValues values, List<SettingProblem> problems)
{
    private readonly SettingReader _read = new(values, problems);

    /// <summary>The options; null when there are problems.</summary>
    public ServerOptions? Bind()
    {
        var options = new ServerOptions
        {
            Documents = Documents(),
            Overlays = [.. _read.Texts(SettingsCatalogue.Overlay).Select(text => text.Text)],
            Listen = Listeners(),
            Admin = OneAddress(SettingsCatalogue.Admin)!,
            Probes = OneAddress(SettingsCatalogue.Probes),
            DataDirectory = _read.Text(SettingsCatalogue.Data)!.Value.Text,
            Store = _read.Store(),
            SecretsDirectory = _read.Text(SettingsCatalogue.Secrets)!.Value.Text,
            Issuer = _read.Text(SettingsCatalogue.Issuer) is { } issuer ? _read.Origin(issuer) : null,
            TokenLifetime = _read.Time(SettingsCatalogue.TokenLifetime, TimeSpan.FromMinutes(1), ServiceAccountOptions.LongestTokenLifetime),
            TokenKeyLifetime = _read.Time(SettingsCatalogue.TokenKeyLifetime, TimeSpan.FromHours(1), TimeSpan.FromDays(365)),
            TokenKeySecret = _read.Text(SettingsCatalogue.TokenKeySecret) is { } secret ? _read.Secret(secret) : null,
            Events = _read.Switch(SettingsCatalogue.Events),
            EventRetention = new EventRetentionOptions
            {
                Keep = _read.Time(SettingsCatalogue.EventsKeep, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650)),
                MostBytes = _read.Size(SettingsCatalogue.EventsMaxSize, 1L << 20, 1L << 50),
            },
            OperationRetention = new OperationRetentionOptions
            {
                Keep = _read.Time(SettingsCatalogue.OperationsKeep, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650)),
                Most = _read.Count(SettingsCatalogue.OperationsMax, 1, 100_000_000),
                MostAttention = _read.Count(SettingsCatalogue.OperationsMaxAttention, 1, 1_000_000),
            },
            Publish = _read.Switch(SettingsCatalogue.Publish),
            PublishPath = _read.Text(SettingsCatalogue.PublishPath) is { } path ? _read.BasePath(path) : "",
            Services = Services(),
            Upstream = _read.Text(SettingsCatalogue.Upstream) is { } upstream ? _read.Upstream(upstream, upstream.Text) : null,
            SecurityPassthrough = _read.Choice(SettingsCatalogue.Security, ("enforce", false), ("passthrough", true)),
            ValidateResponses = _read.Switch(SettingsCatalogue.ValidateResponses),
            FrameworkTransport = _read.Choice(SettingsCatalogue.Transport, ("sockets", false), ("framework", true)),
            InlineScheduling = _read.Choice(SettingsCatalogue.Scheduling, ("inline", true), ("pool", false)),
            AccessLog = AccessLog(),
            Tls = Tls(),
            TrustedProxies = TrustedProxies(),
            DrainTimeout = _read.Time(SettingsCatalogue.DrainTimeout, TimeSpan.Zero, TimeSpan.FromHours(1)),
            Strict = _read.Switch(SettingsCatalogue.Strict),
            LogLevel = _read.Choice(SettingsCatalogue.Level, LogLevels.All),
            ReloadOnChange = _read.Switch(SettingsCatalogue.ReloadWatch),
            ReloadPollInterval = _read.Time(SettingsCatalogue.ReloadPoll, TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(1)),
            Limits = Limits(),
            CacheMemory = _read.Size(SettingsCatalogue.CacheMemory, 1 << 20, 1L << 40),
            Given = values,
        };
        return problems.Count == 0 ? options : null;
    }

    private List<string> Documents()
    {
        List<string> documents = [.. _read.Texts(SettingsCatalogue.Documents).Select(text => text.Text)];
        if (documents.Count == 0)
            problems.Add(new SettingProblem("documents", "", "no OpenAPI document is named", "name at least one: headgate run api.yaml"));
        return documents;
    }

    private List<ListenAddress> Listeners()
    {
        var listeners = new List<ListenAddress>();
        foreach (SettingText text in _read.Texts(SettingsCatalogue.Listen))
        {
            if (_read.Address(text, clearTextOnly: false) is not { } address)
                continue;
            if (address.Scheme == ListenScheme.Https && _read.Text(SettingsCatalogue.TlsCert) is null)
                _read.Refuse(text, "a TLS listener needs a certificate", "give --tls-cert FILE and --tls-key FILE");
            listeners.Add(address);
        }

        return listeners;
    }

    private ListenAddress? OneAddress(SettingDefinition setting) =>
        _read.Text(setting) is { } text ? _read.Address(text, clearTextOnly: true) : null;

    private Dictionary<string, IReadOnlyList<Uri>> Services()
    {
        var services = new Dictionary<string, IReadOnlyList<Uri>>(StringComparer.Ordinal);
        foreach (SettingText text in _read.Texts(SettingsCatalogue.Service))
        {
            string[] parts = text.Text.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0)
            {
                _read.Refuse(text, "it does not say which service runs where", "write NAME=URL, several URLs joined by commas");
                continue;
            }

            List<Uri> urls = [.. parts[1].Split(',').Select(url => _read.Upstream(text, url.Trim())).OfType<Uri>()];
            if (!services.TryAdd(parts[0], urls))
                _read.Refuse(text, $"{parts[0]} was given already", "join its URLs by commas");
        }

        return services;
    }

    private AccessLogTarget AccessLog()
    {
        SettingText text = _read.Text(SettingsCatalogue.AccessLog)!.Value;
        string[] parts = text.Text.Split(':', 2);
        string? path = parts.Length == 2 ? parts[1] : null;
        AccessLogFormat? form = parts[0] switch { "off" => AccessLogFormat.Off, "text" => AccessLogFormat.Text, "json" => AccessLogFormat.Json, _ => null };
        if (form is { } known && path != "" && (known != AccessLogFormat.Off || path is null))
            return new AccessLogTarget(known, path);
        _read.Refuse(text, "it is no access log", "give off, text, json, text:PATH or json:PATH");
        return AccessLogTarget.Off;
    }

    private TlsFiles? Tls()
    {
        SettingText? certificate = ExistingFile(SettingsCatalogue.TlsCert);
        SettingText? key = ExistingFile(SettingsCatalogue.TlsKey);
        if (certificate is { } certificateAlone && key is null)
            _read.Refuse(certificateAlone, "its private key is not named", "give --tls-key FILE");
        if (key is { } keyAlone && certificate is null)
            _read.Refuse(keyAlone, "its certificate is not named", "give --tls-cert FILE");
        return certificate is { } c && key is { } k ? new TlsFiles(c.Text, k.Text) : null;
    }

    private SettingText? ExistingFile(SettingDefinition setting)
    {
        SettingText? text = _read.Text(setting);
        if (text is { } given && !File.Exists(given.Text))
            _read.Refuse(given, "there is no such file", "name a PEM file that this user can read");
        return text;
    }

    private List<IPNetwork> TrustedProxies()
    {
        var networks = new List<IPNetwork>();
        foreach (SettingText text in _read.Texts(SettingsCatalogue.TrustedProxy))
        {
            if (IPNetwork.TryParse(text.Text, out IPNetwork network))
                networks.Add(network);
            else if (IPAddress.TryParse(text.Text, out IPAddress? address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                _read.Refuse(text, "it is not a network", "write it like 10.0.0.0/8 (no bits set after the prefix) or 10.1.2.3");
        }

        return networks;
    }

    private ConnectionLimits Limits() => new()
    {
        Connections = _read.Count(SettingsCatalogue.MaxConnections, 1, int.MaxValue),
        RequestHeaders = (int)_read.Count(SettingsCatalogue.MaxRequestHeaders, 10, 10_000),
        RequestHeadersSize = (int)_read.Size(SettingsCatalogue.MaxRequestHeadersSize, 1024, 1 << 20),
        RequestLineSize = (int)_read.Size(SettingsCatalogue.MaxRequestLineSize, 256, 1 << 20),
        HeldBodies = _read.Size(SettingsCatalogue.HeldBodies, 1 << 20, 1L << 40),
        KeepAliveTimeout = _read.Time(SettingsCatalogue.KeepAliveTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
        RequestHeadersTimeout = _read.Time(SettingsCatalogue.RequestHeadersTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        MinRequestBodyRate = _read.Size(SettingsCatalogue.MinRequestBodyRate, 0, 1 << 30),
        MinResponseRate = _read.Size(SettingsCatalogue.MinResponseRate, 0, 1 << 30),
        Http2Streams = (int)_read.Count(SettingsCatalogue.MaxStreams, 1, 10_000),
    };
}
