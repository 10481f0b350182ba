using System.Globalization;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>Says what the cache would do with a request. Changes nothing.</summary>
internal static class CacheExplanation
{
    private const string Name = "cache";

    /// <summary>Explains, and lets go of the entry.</summary>
    public static PolicyVerdict Explain(GatewayContext context, Explanation explanation, CacheEntry? entry, in RequestDirectives said)
    {
        if (entry is null)
            return Miss(context, explanation, "nothing is stored in this process", said);
        DateTimeOffset now = context.Clock.GetUtcNow();
        StoredHead head = entry.Head;
        entry.Body.LetGo();
        string age = string.Create(CultureInfo.InvariantCulture, $"{head.Lifetime.AgeAt(now).TotalSeconds:0} s old, {Freshness(head.Lifetime, now)}");
        if (head.Lifetime.ReuseFor(said, now) == Reuse.Validate)
            return Miss(context, explanation, $"the stored answer is {age}: the upstream is asked whether it still holds", said);
        explanation.Add(Name, "answered", $"from this process's memory: status {head.Status}, {age}");
        context.Response.StatusCode = head.Status;
        return PolicyVerdict.Answered;
    }

    private static PolicyVerdict Miss(GatewayContext context, Explanation explanation, string reason, in RequestDirectives said)
    {
        explanation.Add(Name, said.OnlyIfCached ? "refused" : "continue", reason);
        return said.OnlyIfCached
            ? context.Fail(new GatewayFailure(ErrorCatalogue.CachedResponseMissing, "No stored answer can be given, and the request asks for nothing else."))
            : PolicyVerdict.Continue;
    }

    private static string Freshness(Lifetime lifetime, DateTimeOffset now)
    {
        double left = lifetime.FreshnessLeftAt(now).TotalSeconds;
        if (lifetime.AlwaysValidates)
            return "and validated each time";
        return left > 0 ? string.Create(CultureInfo.InvariantCulture, $"fresh for {left:0} s more") : string.Create(CultureInfo.InvariantCulture, $"stale for {-left:0} s");
    }
}
