using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>Which requests the cache has no part in: their answers are neither stored nor taken from it.</summary>
internal static class CacheBypass
{
    // Some frameworks answer for another URL, method or host when a request has one of these, and no Vary tells of it: such an answer must not become everybody's.
    private static readonly string[] s_overrides =
    [
        "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-Method", "X-Host", "X-Original-Host",
        "X-HTTP-Host-Override", "Front-End-Https",
    ];

    /// <summary>The fields for which a request is left to the upstream.</summary>
    public static IReadOnlyList<string> OverrideFields => s_overrides;

    /// <summary>Why a request is left aside; null when it is not.</summary>
    public static string? ReasonFor(GatewayContext context, in RequestDirectives said)
    {
        ClientRequest request = context.Request;
        IHeaderDictionary headers = request.Headers;
        if (said.NoStore)
            return "the request says no-store";
        if (request.IsUpgrade || request.ExtendedConnectProtocol is not null)
            return "the request asks for another protocol";

        // A body of GET takes part in no key (RFC 9110 §9.3.1: it has no meaning); an upstream that heeds it would answer something else.
        if (request.HasBody || headers.ContentLength > 0)
            return "the request has a body";
        if (Preconditions.NeedOrigin(headers))
            return "the request has a condition that only the origin can decide upon";
        foreach (string name in s_overrides)
        {
            if (headers.ContainsKey(name))
                return $"the request has {name}, which is part of no key";
        }

        return null;
    }
}
