using System.Globalization;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Plans.Listing;

/// <summary>
/// Lists what a plan does, part by part, so that two plans can be compared by what they do and not by how their documents say it. Read from the compiled plan. For people who ask, not for
/// every request. Stateless.
/// </summary>
public static class PlanListing
{
    /// <summary>The parts of a plan: document by document, each with its schemes, services and operations.</summary>
    public static IEnumerable<PlanPart> Of(GatewayPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Outline(plan).Select(part => PlanPart.Of(part.Kind, part.Api, part.Name, part.Settings));
    }

    /// <summary>The same without keeping anything: settings are read when they are enumerated, once.</summary>
    internal static IEnumerable<(PlanPartKind Kind, string Api, string Name, IEnumerable<PlanSetting> Settings)> Outline(GatewayPlan plan) =>
        plan.Apis.OrderBy(api => api.BuiltIn is not null).SelectMany(Outline);

    private static IEnumerable<(PlanPartKind Kind, string Api, string Name, IEnumerable<PlanSetting> Settings)> Outline(ApiPlan api)
    {
        var inputs = new DeclaredInputs(api.Document);

        // Operations of a document share most of their policies and handlers, which are asked once.
        var known = new Dictionary<object, PlanSetting[]>(ReferenceEqualityComparer.Instance);
        return
        [
            (PlanPartKind.Document, api.Name, api.Name, SettingsOf(api)),
            .. api.Document.SecuritySchemes.Values.Select(scheme => (PlanPartKind.Scheme, api.Name, scheme.Key, SettingsOf(api, scheme))),
            .. api.Instances.GroupBy(instance => instance.Service).Select(service => (PlanPartKind.Service, api.Name, service.Key, SettingsOf(api, service))),
            .. api.Operations.SelectMany(operation => operation.Operation.BasePaths.Select(basePath =>
                (PlanPartKind.Operation, api.Name, $"{operation.Operation.Method} {basePath}{operation.Operation.Path.Text}", Lazily(() => SettingsOf(operation, inputs, known))))),
        ];
    }

    private static PlanSetting[] Known<T>(Dictionary<object, PlanSetting[]> known, T part, Func<T, IEnumerable<PlanSetting>> read)
        where T : class =>
        known.TryGetValue(part, out PlanSetting[]? settings) ? settings : known[part] = [.. read(part)];

    private static IEnumerable<PlanSetting> Lazily(Func<IEnumerable<PlanSetting>> settings)
    {
        foreach (PlanSetting setting in settings())
            yield return setting;
    }

    private static IEnumerable<PlanSetting> SettingsOf(ApiPlan api) =>
    [
        new("title", api.Document.Title),
        new("version", api.Document.ApiVersion),
        new("errors", api.Dialect.Name),
        new("tenantHeader", api.TenantHeader),
        new("trustedProxies", api.TrustedProxies.ToString()),
        new("accessLog", api.IsLogged ? "on" : "off"),
        .. api.BuiltIn is { } mount ? [new PlanSetting("mounted", mount.Reason)] : Array.Empty<PlanSetting>(),
    ];

    private static IEnumerable<PlanSetting> SettingsOf(ApiPlan api, ApiSecurityScheme scheme) =>
    [
        new("type", string.Join(' ', new[] { scheme.Type, scheme.HttpScheme, scheme.In?.ToString().ToLowerInvariant(), scheme.ParameterName, scheme.OpenIdConnectUrl }.OfType<string>())),
        new("checked", api.Authenticators.ContainsKey(scheme.Key) ? "by the gateway" : "by the services"),
        .. scheme.Extensions.All.SelectMany(extension => PlanSetting.Of(extension.Definition.Name, extension.Value)),
    ];

    // Where it runs is what the settings say before the document: told from the instances.
    private static IEnumerable<PlanSetting> SettingsOf(ApiPlan api, IGrouping<string, UpstreamInstance> service)
    {
        ServiceSettings settings = GatewayConfigExtension.Of(api.Document).Services.GetValueOrDefault(service.Key) ?? new ServiceSettings();
        return PlanSetting.Of("", settings with { Url = null, Urls = null, Weights = null })
            .Append(new PlanSetting("instances", string.Join(", ", service.Select(Shown))));
    }

    private static string Shown(UpstreamInstance instance)
    {
        string url = instance.Url.GetLeftPart(UriPartial.Path);
        return instance.Weight == 1 ? url : string.Create(CultureInfo.InvariantCulture, $"{url} with weight {instance.Weight}");
    }

    private static IEnumerable<PlanSetting> SettingsOf(OperationPlan operation, DeclaredInputs inputs, Dictionary<object, PlanSetting[]> known) =>
    [
        new("operation", operation.Id),
        new("policies", string.Join(' ', operation.PolicyNames)),
        .. Known(known, operation.Handler, handler => handler.Settings),
        .. operation.RequestPolicies.Concat(operation.ResponsePolicies).Distinct().SelectMany(policy => Known(known, policy, policy => policy.Settings)),
        .. inputs.Of(operation),
    ];
}
