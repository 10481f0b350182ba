using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Jwt;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Integration.Operations.Api;

/// <summary>
/// Makes the document of operations for one of a user's documents: its callers are that document's callers, known by the same schemes and for the same tenants; errors, limits and origins are that
/// document's too. Stateless.
/// </summary>
internal static class OperationsMount
{
    private const string Prefix = "/api/v1/operations";

    // Who nobody in particular is has nothing that could be listed.
    private const string ListOperation = "listOperations";

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> s_nothing = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Mounts the API beside a document.</summary>
    /// <param name="api">The API.</param>
    /// <param name="home">The document.</param>
    /// <param name="makers">Its operations that begin operations.</param>
    /// <param name="isFirst">Whether it has the paths as they are; another has its name before them.</param>
    public static BuiltInMount Beside(BuiltInApi api, ApiDocument home, IReadOnlyList<ApiOperation> makers, bool isFirst)
    {
        SecurityRequirement[] asking = AskingOf(makers);
        bool isPublic = makers.Any(maker => maker.Security.Count == 0 || maker.Security.Any(requirement => requirement.Schemes.Count == 0));
        SecurityRequirement[] all = isPublic && asking.Length > 0 ? [.. asking, new SecurityRequirement(s_nothing)] : asking;
        string[] basePaths = [isFirst ? "" : $"/{Uri.EscapeDataString(home.Name)}"];
        ApiDocument document = api.Document with
        {
            Name = isFirst ? api.Document.Name : $"{api.Document.Name}-{home.Name}",
            BasePaths = basePaths,
            SecuritySchemes = home.SecuritySchemes,
            Extensions = api.Document.Extensions.With(ConfigOf(api.Document, home)),
            Operations = [.. api.Document.Operations.Select(operation => operation with { BasePaths = basePaths, Security = operation.Id == ListOperation ? asking : all })],
        };
        return new BuiltInMount(api, document, $"{makers[0].Method} {makers[0].Path.Text} of {home.Name} begins operations") { Home = home };
    }

    /// <summary>Where clients of an API find one of its operations; null when they find none.</summary>
    public static string? PathOf(GatewayPlan plan, string api, string id)
    {
        foreach (ApiPlan candidate in plan.Apis)
        {
            if (candidate.BuiltIn is { Api: OperationsApi, Home: { } home } && home.Name == api)
                return $"{candidate.Document.BasePaths[0]}{Prefix}/{id}";
        }

        return null;
    }

    // Whose an operation is decides, and no scope of the request that began it.
    private static SecurityRequirement[] AskingOf(IReadOnlyList<ApiOperation> makers) =>
    [
        .. makers.SelectMany(maker => maker.Security)
            .Where(requirement => requirement.Schemes.Count > 0)
            .DistinctBy(requirement => string.Join(' ', requirement.Schemes.Keys.Order(StringComparer.Ordinal)))
            .Select(requirement => new SecurityRequirement(requirement.Schemes.Keys.ToDictionary(key => key, _ => (IReadOnlyList<string>)[]))),
    ];

    private static GatewayConfigExtension ConfigOf(ApiDocument own, ApiDocument home)
    {
        GatewayConfigExtension config = GatewayConfigExtension.Of(home);
        HashSet<string> keyServices = [.. home.SecuritySchemes.Values.Select(scheme => scheme.Extensions.Get<JwtExtension>()?.Jwks?.Service).OfType<string>()];
        return GatewayConfigExtension.Of(own) with
        {
            Services = config.Services.Where(service => keyServices.Contains(service.Key)).ToDictionary(StringComparer.Ordinal),
            RateLimit = config.RateLimit,
            Cors = config.Cors,
            SecurityHeaders = config.SecurityHeaders,
            Tenancy = config.Tenancy,
            Authorization = config.Authorization,
            Addresses = config.Addresses,
            Errors = config.Errors,
            TrustedProxies = config.TrustedProxies,
            AccessLog = config.AccessLog,
        };
    }
}
