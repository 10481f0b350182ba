using System.Buffers.Text;
using Headgate.Gateway.Background;
using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.ServiceAccounts.OAuth;
using Headgate.Gateway.ServiceAccounts.SigningKeys;
using Headgate.OpenApi.Extensions;
using Headgate.Storage;
using Headgate.Storage.Migrations;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.ServiceAccounts;

/// <summary>
/// Programs that may call: who they are, the tokens that they get, the keys that sign these, and who checks them. Accounts and keys lie in the store, so that instances
/// which share one know the same. One for each process. Thread-safe.
/// </summary>
public sealed class ServiceAccountRegistry
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly Store? _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly KeyProtection _protection;
    private readonly RevokedAccounts _revoked = new();
    private readonly IssuerKeys _published;

    /// <param name="store">Where accounts and keys are; null for a command that looks at documents alone: then there are none, and nothing but compiling works.</param>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where keys, and attacks on secrets, are told of.</param>
    public ServiceAccountRegistry(Store? store, ServiceAccountOptions options, TimeProvider time, ILogger<ServiceAccountRegistry> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_store, Options, _time, _logger) = (store, options, time, logger);
        Issuer = new TokenIssuer(options.Issuer);
        _protection = new KeyProtection(options.KeySecret);
        _published = new IssuerKeys(KeyOrigin.Own, _ => PublishAsync(), time, logger);
    }

    /// <summary>How often accounts that were revoked, and keys that were removed elsewhere, are looked for: until then their tokens hold.</summary>
    public static TimeSpan Refresh => KeyOrigin.Own.Refresh;

    /// <summary>The tables.</summary>
    public static MigrationSet Migrations => ServiceAccountTable.Migrations;

    /// <summary>The settings.</summary>
    public ServiceAccountOptions Options { get; }

    /// <summary>The name under which tokens are issued.</summary>
    public TokenIssuer Issuer { get; }

    internal ServiceAccountTable Table => new(Store, _time);

    private SigningKeyRing Keys => new(Store, _protection, new SigningKeySchedule(Options.KeyLifetime), _time, _logger);

    private Store Store => _store ?? throw new InvalidOperationException("There is no store.");

    /// <summary>Makes the API in which clients ask for tokens.</summary>
    public BuiltInApi CreateApi(ExtensionRegistry extensions)
    {
        // Bound to the store only when it is called: compiling needs none.
        var tokens = new Lazy<TokenEndpoint>(() => new TokenEndpoint(this, Store, _protection, _time, _logger));
        return new OAuthApi(extensions, Issuer, new Dictionary<string, BuiltInOperation>
        {
            ["issueToken"] = (context, body) => tokens.Value.IssueAsync(context, body),
            ["getTokenKeys"] = new KeySetEndpoint(_published, _time).AnswerAsync,
            ["getTokenServer"] = new MetadataEndpoint(Issuer).AnswerAsync,
        });
    }

    /// <summary>Makes who checks the tokens.</summary>
    /// <param name="verified">The tokens that were verified lately.</param>
    public AuthenticatorCompiler CreateAuthenticators(VerifiedTokens verified) => new ServiceAccountAuthenticatorCompiler(this, _published, _revoked, verified, _time, _logger);

    /// <summary>Keeps the keys up to date while a plan has service accounts, until cancelled.</summary>
    public Task RunAsync(PlanHolder plans, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plans);
        return Rounds.RunAsync(s_look, _time, atOnce: true, _ => ServiceAccountUse.Of(plans.Current).IsOffered ? _published.RefreshWhenDue() ?? Task.CompletedTask : Task.CompletedTask, cancellationToken);
    }

    /// <summary>Makes an account; its secret is never to be had again.</summary>
    /// <exception cref="ArgumentException">There is a <see cref="NewServiceAccount.ProblemAt"/>.</exception>
    /// <exception cref="StoreException">The store cannot keep it.</exception>
    public Task<IssuedSecret> CreateAsync(NewServiceAccount wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return wanted.ProblemAt(_time.GetUtcNow()) is { } problem ? throw new ArgumentException(problem, nameof(wanted)) : Table.CreateAsync(wanted, cancellationToken);
    }

    /// <summary>Accounts in the order in which they were made, those that were revoked too.</summary>
    /// <param name="after">The id after which the list goes on; empty for its beginning.</param>
    /// <param name="most">The most that are listed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<ServiceAccount>> ListAsync(string after, int most, CancellationToken cancellationToken) => Table.ListAsync(after, most, cancellationToken);

    /// <summary>The account of an id, or null.</summary>
    public Task<ServiceAccount?> FindAsync(string clientId, CancellationToken cancellationToken) =>
        ServiceAccountTable.IsId(clientId) ? Table.FindAsync(clientId, cancellationToken) : Task.FromResult<ServiceAccount?>(null);

    /// <summary>Gives an account a new secret; null when there is none that is not revoked.</summary>
    /// <param name="clientId">The account.</param>
    /// <param name="overlap">How long the secret so far holds beside it; zero ends it at once. One from before that ends in any case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IssuedSecret?> RotateAsync(string clientId, TimeSpan overlap, CancellationToken cancellationToken) =>
        ServiceAccountTable.IsId(clientId) ? Table.RotateAsync(clientId, overlap, cancellationToken) : Task.FromResult<IssuedSecret?>(null);

    /// <summary>Revokes an account for good: no more tokens, and those that it has hold no longer, here at once and at other instances within <see cref="Refresh"/>. Null when there is none.</summary>
    public async Task<ServiceAccount?> RevokeAsync(string clientId, CancellationToken cancellationToken)
    {
        if (!ServiceAccountTable.IsId(clientId))
            return null;
        ServiceAccount? revoked = await Table.RevokeAsync(clientId, cancellationToken);
        await ReadAnewAsync();
        return revoked;
    }

    /// <summary>The keys that sign, signed and will sign, the earliest first.</summary>
    public async Task<IReadOnlyList<SigningKeyReport>> ListKeysAsync(CancellationToken cancellationToken) => Report(await Store.ReadAsync(SigningKeyTable.ListAsync, cancellationToken));

    /// <summary>Makes the next key before it is due; it signs when everybody can have it. One that waits already is left to.</summary>
    public async Task<IReadOnlyList<SigningKeyReport>> RotateKeysAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<SigningKey> keys = await Keys.RotateAsync(cancellationToken);
        await ReadAnewAsync();
        return Report(keys);
    }

    /// <summary>Removes a key at once: the tokens that it signed hold no longer, here at once and at other instances within <see cref="Refresh"/>. Null when there is none.</summary>
    public async Task<IReadOnlyList<SigningKeyReport>?> RemoveKeyAsync(string keyId, CancellationToken cancellationToken)
    {
        if (!Base64Url.IsValid(keyId))
            return null;
        IReadOnlyList<SigningKey>? left = await Keys.RemoveAsync(keyId, cancellationToken);
        await ReadAnewAsync();
        return left is null ? null : Report(left);
    }

    /// <summary>Does now what <see cref="RunAsync"/> does at intervals.</summary>
    internal Task ReadAnewAsync() => _published.ReadAnewAsync();

    internal Task<IReadOnlyList<SigningKey>> RenewKeysAsync(IReadOnlyList<SigningKey> keys) => Keys.RenewAsync(keys, CancellationToken.None);

    // What the gateway believes is what it publishes: the public parts, and beside them who was revoked.
    private async Task<FetchedKeys> PublishAsync()
    {
        if (_store is null || Issuer.Name is not { } issuer)
            throw new KeySourceException("No instance runs here that has keys.");
        try
        {
            DateTimeOffset since = _time.GetUtcNow() - SigningKeySchedule.Overlap;
            (IReadOnlyList<SigningKey> keys, IReadOnlyList<string> revoked) = await _store.ReadAsync(
                async session => (await SigningKeyTable.ListAsync(session), await ServiceAccountTable.RevokedSinceAsync(session, since)), CancellationToken.None);
            keys = await Keys.RenewAsync(keys, CancellationToken.None);
            _revoked.Replace(revoked);
            return new FetchedKeys(SigningKeyTable.PublicSetOf(keys), issuer);
        }
        catch (StoreException exception)
        {
            throw new KeySourceException(exception.Message, exception);
        }
    }

    private SigningKeyReport[] Report(IReadOnlyList<SigningKey> keys)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return [.. keys.Select(key => new SigningKeyReport(
            key.KeyId, SigningKeySchedule.StateOf(keys, key, now), key.Created, key.SignsFrom, SigningKeySchedule.KeptUntil(keys, key), key.Protection != KeyProtection.Plain))];
    }
}
