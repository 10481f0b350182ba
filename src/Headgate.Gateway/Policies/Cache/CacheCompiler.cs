using System.Security.Cryptography;
using System.Text;
using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;
using Headgate.Gateway.StaticAnswers;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>
/// Compiles <c>x-gateway-cache</c> and <c>x-gateway-config.cache</c>: an operation of <c>GET</c> gets the cache, and where any has it, those of unsafe methods the invalidation.
/// </summary>
internal sealed class CacheCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.Cache;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        CacheExtension? own = scope.Operation.Extensions.Get<CacheExtension>();
        if (scope.Operation.Method == "GET")
        {
            // What the document answers is in memory as it is.
            if (scope.Operation.Extensions.Get<StaticExtension>() is { Enabled: true })
                return null;
            if ((own ?? scope.Config.Cache) is { Enabled: true } extension)
                return new CachePolicy(PlanOf(extension, scope));
            ReportFallback(scope);
            return null;
        }

        ReportFallback(scope);
        if (own is { Enabled: true })
            ReportMethod(own, scope);
        bool isSafe = scope.Operation.Method is "HEAD" or "OPTIONS" or "TRACE" or "QUERY";
        return isSafe ? null : scope.Share(scope.Document, _ => CachesAnything(scope) ? new CacheInvalidationPolicy(StoreOf(scope)) : null);
    }

    private static bool CachesAnything(OperationScope scope) => scope.Document.Operations.Any(operation =>
        operation.Method == "GET" && (operation.Extensions.Get<CacheExtension>() ?? scope.Config.Cache) is { Enabled: true });

    private static CacheStore StoreOf(OperationScope scope) => scope.Living(typeof(CacheStore), () => new CacheStore(scope.Api.Cache.MemoryBytes));

    private static CachePlan PlanOf(CacheExtension extension, OperationScope scope)
    {
        CacheStore store = StoreOf(scope);
        bool isFallback = ForwardHandlerCompiler.BackendOf(scope).Fallback?.Cached == true;
        long most = store.Memory.MostBytes / CacheStore.LargestShare;
        if (extension.MaxSize.Bytes > most)
            ReportSize(extension, most, scope);
        return new CachePlan
        {
            Store = store,
            Counters = scope.Living((typeof(CacheCounters), scope.Api.Name), () => new CacheCounters(scope.Api.Name)),
            KeyPrefix = PrefixOf(scope),
            Api = scope.Api.Name,
            Operation = scope.Operation.Id,
            Declared = extension,
            IsFallback = isFallback,
            Settings = CacheSettings.Of(extension, isFallback),
            Shares = extension.Shared,
            VaryBy = [.. extension.VaryBy.Concat(ReadByParts(scope.Operation)).Distinct(StringComparer.OrdinalIgnoreCase)],
            Tags = extension.Tags,
            MostBytes = Math.Min(extension.MaxSize.Bytes, most),
            Credentials = UncheckedCredentials.Of(scope.Api),
            Logger = scope.Api.Cache.Logger,
        };
    }

    // After a reload an answer is given on only where all that the document says of where it came from is the same.
    private static string PrefixOf(OperationScope scope)
    {
        BackendExtension backend = ForwardHandlerCompiler.BackendOf(scope);
        string[] parts = [scope.Api.Name, scope.Operation.Id, scope.Operation.Path.Text, backend.Service ?? scope.Services.DefaultName ?? "", backend.Method ?? "", backend.Path?.Text ?? "", scope.Config.Errors.Dialect.ToString(), ShapeOf(backend, scope)];
        var writer = new KeyWriter(stackalloc char[256]);
        foreach (string part in parts)
            writer.Part(part);
        string prefix = writer.Written.ToString();
        writer.Dispose();
        return prefix;
    }

    // What Headgate itself makes calls of, no service can name in Vary.
    private static IEnumerable<string> ReadByParts(ApiOperation operation) =>
        (operation.Extensions.Get<AggregateExtension>()?.Parts ?? []).SelectMany(PartExpressions.Of)
            .OfType<RequestFieldExpression>().Where(field => field.Field == RequestField.Header).Select(field => field.Name);

    // In short: it is a part of every key.
    private static string ShapeOf(BackendExtension backend, OperationScope scope)
    {
        string settings = string.Join('\n', PlanSetting.Of("aggregate", scope.Operation.Extensions.Get<AggregateExtension>()).Concat(PlanSetting.Of("requestHeaders", backend.RequestHeaders)));
        return settings.Length == 0 ? "" : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(settings)));
    }

    // One that a service or the document has for all its operations holds where there is a cache; an operation's own must mean something.
    private static void ReportFallback(OperationScope scope)
    {
        if (scope.Operation.Extensions.Get<BackendExtension>() is not { Fallback.Cached: true } extension)
            return;
        scope.Diagnostics.Add(
            CacheDiagnostics.FallbackNotStored,
            extension.Node ?? scope.Operation.Node,
            $"fallback.cached asks for the last good answer to {scope.Operation.Method} {scope.Operation.Path.Text}, of which none is stored.",
            "Cache the operation with x-gateway-cache (answers to GET are stored), or leave fallback.cached out.");
    }

    private static void ReportMethod(CacheExtension extension, OperationScope scope) => scope.Diagnostics.Add(
        CacheDiagnostics.MethodNotCached,
        extension.Node ?? scope.Operation.Node,
        $"{scope.Operation.Method} {scope.Operation.Path.Text} has {CacheExtension.Definition.Name}, but answers to {scope.Operation.Method} are not stored.",
        "Move it to a GET operation, or leave it out.");

    private static void ReportSize(CacheExtension extension, long most, OperationScope scope) => scope.Diagnostics.Add(
        CacheDiagnostics.SizeBeyondMemory,
        extension.Node ?? scope.Operation.Node,
        $"maxSize is {extension.MaxSize}, but of the cache's memory one answer may take {most} bytes at most: larger ones are let through uncached.",
        "Write a smaller maxSize, or give the instance more with cache.memory.");
}
