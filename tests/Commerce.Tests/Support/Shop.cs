using System.Collections.Concurrent;
using Commerce.Shared.Hosting;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Tests.Support;

/// <summary>All commerce services on free ports with a data directory of their own, which goes when they go.</summary>
internal sealed class Shop : IAsyncDisposable
{
    // Few rounds: the tests sign in often, and what they test is not the cost of a hash.
    private const int PasswordIterations = 500;

    private readonly ConcurrentBag<Api> _clients = [];
    private readonly ConcurrentDictionary<string, Task<string>> _tokens = new();

    private Shop(CommerceHost host, CommerceOptions options)
    {
        Host = host;
        Options = options;
    }

    public CommerceHost Host { get; private set; }

    public CommerceOptions Options { get; }

    /// <summary>Where clients find a service that has something in front of it.</summary>
    public ConcurrentDictionary<string, Uri> Fronts { get; } = [];

    public string LedgerFile => Path.Combine(Options.DataDirectory, "payment-provider-ledger.jsonl");

    public string SecretsDirectory => Path.Combine(Options.DataDirectory, "secrets");

    public static async Task<Shop> StartAsync(Func<CommerceOptions, CommerceOptions>? change = null)
    {
        var options = OptionsOf(Path.Combine(Path.GetTempPath(), $"commerce-tests-{Guid.NewGuid():N}"));
        options = change?.Invoke(options) ?? options;
        return new Shop(await CommerceHost.StartAsync(options, TestContext.Current.CancellationToken), options);
    }

    /// <summary>
    /// Makes the data of a shop, for programs of its own: keys, products, and users whose passwords are quick to check. Their first start makes
    /// the same, and takes seconds.
    /// </summary>
    /// <returns>The data directory, which is the caller's.</returns>
    public static async Task<string> PlantAsync()
    {
        var data = Directory.CreateTempSubdirectory("commerce-planted-").FullName;
        var host = await CommerceHost.StartAsync(OptionsOf(data), TestContext.Current.CancellationToken);
        await host.DisposeAsync();
        return data;
    }

    /// <summary>Stops all services and starts them again on the same data.</summary>
    /// <param name="meanwhile">What is done to the data while nobody uses them.</param>
    public async Task RestartAsync(Action? meanwhile = null)
    {
        await Host.DisposeAsync();
        meanwhile?.Invoke();
        Host = await CommerceHost.StartAsync(Options, TestContext.Current.CancellationToken);
    }

    /// <summary>Writes into a service's database behind its back.</summary>
    public void Write(string service, string sql) => WriteFile(Path.Combine(Options.DataDirectory, $"{service}.db"), sql);

    /// <summary>Writes into a database behind the back of whoever has it.</summary>
    public static void WriteFile(string file, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10, Pooling = false }.ToString());
        connection.Open();
        Assert.True(connection.Execute(sql) > 0, $"nothing was changed: {sql}");
    }

    public Api Anonymous(string service, params (string, string?)[] headers) => Client(service, headers);

    public async Task<Api> AsAsync(string username, string service, params (string, string?)[] headers) =>
        Client(service, [("Authorization", $"Bearer {await TokenAsync(username)}"), .. headers]);

    public Api Service(string service, string? tenant = "acme", string? user = null) =>
        Client(service, ("X-API-Key", Host.ServiceKey), ("X-Tenant-ID", tenant), ("X-User-ID", user));

    public Api Provider(string service, string secret) => Client(service, ("X-API-Key", Secret(secret)));

    /// <summary>A secret that was made at the first start.</summary>
    public string Secret(string name) => File.ReadAllText(Path.Combine(Options.DataDirectory, "secrets", name));

    public Api PaymentProvider() => Provider("payment-provider", "PAYMENT_GATEWAY_API_KEY");

    public Api EmailProvider() => Provider("email-provider", "EMAIL_PROVIDER_API_KEY");

    public Api SmsProvider() => Provider("sms-provider", "SMS_PROVIDER_API_KEY");

    public Task<string> TokenAsync(string username) => _tokens.GetOrAdd(username, async name =>
    {
        var reply = await Anonymous("user-service").PostAsync("/auth/login", new { username = name, password = $"{name}-password" });
        return reply.Expect(200).Text("accessToken");
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await Host.DisposeAsync();
        // A second shop on the same data may have taken it away already.
        if (Directory.Exists(Options.DataDirectory))
            Directory.Delete(Options.DataDirectory, recursive: true);
    }

    private static CommerceOptions OptionsOf(string data) => new()
    {
        DataDirectory = data,
        PortBase = 0,
        PasswordIterations = PasswordIterations,
        LogLevel = Microsoft.Extensions.Logging.LogLevel.None,
        Environment = _ => null,
    };

    private Api Client(string service, params (string, string?)[] headers)
    {
        var client = new Api(service, Fronts.GetValueOrDefault(service) ?? Host.Address(service), headers);
        _clients.Add(client);
        return client;
    }
}
