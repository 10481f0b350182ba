using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Policies.ApiKey;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Policies.Sunset;
using Headgate.Gateway.Policies.View;
using Headgate.Gateway.Publishing;
using Headgate.Gateway.StaticAnswers;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Configuration;

/// <summary>Runs the checkers of all extensions that the data plane brings over a document. Stateless, thread-safe.</summary>
/// <param name="settingsServices">The names of the services that the instance's settings know (<c>--service NAME=URL</c>).</param>
public sealed class GatewayExtensionChecks(IReadOnlyCollection<string> settingsServices)
{
    private readonly BackendChecker _backend = new(settingsServices);
    private readonly AggregateChecker _aggregate = new(settingsServices);
    private readonly JwtChecker _jwt = new(settingsServices);

    /// <summary>Reports what is wrong with any of them.</summary>
    public void Check(ApiDocument document, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Extensions.Get<GatewayConfigExtension>() is { } config)
            CheckConfig(document, config, diagnostics);
        if (document.Extensions.Get<BackendExtension>() is { } backend)
            _backend.CheckCall(document, backend, diagnostics);
        foreach (ApiSecurityScheme scheme in document.SecuritySchemes.Values)
        {
            if ((scheme.Extensions.Get<JwtExtension>() ?? (scheme.Type == "openIdConnect" ? new JwtExtension() : null)) is { } jwt)
                _jwt.Check(document, scheme, jwt, diagnostics);
            if (scheme.Extensions.Get<ApiKeyExtension>() is { } apiKey)
                ApiKeyChecker.Check(scheme, apiKey, GatewayConfigExtension.Of(document).Tenancy.Header, diagnostics);
        }

        var checkedPaths = new HashSet<ExtensionSet>(ReferenceEqualityComparer.Instance);
        foreach (ApiOperation operation in document.Operations)
        {
            // The operations of a path share its set: its mistakes are told once.
            if (operation.PathExtensions.Get<BackendExtension>() is { } shared && checkedPaths.Add(operation.PathExtensions))
                _backend.Check(document, operation, shared, diagnostics);
            CheckOperation(document, operation, diagnostics);
        }
    }

    private static void CheckConfig(ApiDocument document, GatewayConfigExtension config, DiagnosticBag diagnostics)
    {
        ConfigChecker.Check(document, config, diagnostics);
        if (config.Publish is { } publish)
            PublishChecker.Check(publish, diagnostics);
    }

    private void CheckOperation(ApiDocument document, ApiOperation operation, DiagnosticBag diagnostics)
    {
        ExtensionSet extensions = operation.Extensions;
        if (extensions.Get<BackendExtension>() is { } backend)
            _backend.Check(document, operation, backend, diagnostics);
        if (extensions.Get<AggregateExtension>() is { } aggregate)
            _aggregate.Check(document, operation, aggregate, diagnostics);
        if (extensions.Get<AuthorizeExtension>() is { } authorize)
            AuthorizeChecker.Check(document, operation, authorize, diagnostics);
        if (extensions.Get<RateLimitExtension>() is { } rateLimit)
            RateLimitChecker.Check(document, operation, rateLimit, diagnostics);
        if (extensions.Get<StaticExtension>() is { } answer)
            StaticChecker.Check(document, operation, answer, diagnostics);
        if (extensions.Get<SunsetExtension>() is { } sunset)
            SunsetChecker.Check(operation, sunset, diagnostics);
        if (extensions.Get<ViewExtension>() is { } view)
            ViewChecker.Check(operation, view, diagnostics);
    }
}
