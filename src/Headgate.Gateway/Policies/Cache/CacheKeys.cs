using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>
/// The key of a request: everything that Headgate tells the upstream of it and on which the answer may depend, as it is told. Nothing is normalised that the upstream would see
/// otherwise: two requests that differ for it have two keys.
/// </summary>
internal static class CacheKeys
{
    private const string Forwarded = "X-Forwarded-";
    private const string ForOneCaller = "caller";

    /// <summary>Writes the key of what all callers of a tenant share.</summary>
    public static void WriteShared(CachePlan plan, GatewayContext context, ref KeyWriter writer)
    {
        ClientRequest request = context.Request;
        writer.Part(plan.KeyPrefix);
        writer.Part(request.Scheme);
        writer.Part(request.Headers.Host.ToString());
        WriteOptional(context.Tenant, ref writer);
        writer.Part(request.Path);
        writer.Part(context.ForwardedQuery);
        for (int i = 0; i < plan.VaryBy.Count; i++)
            SelectingField.Write(plan.VaryBy[i], context, ref writer);

        // An upstream builds links from them. Of others than trusted proxies they are dropped; the client's own address is not part of a shared key.
        if (context.TrustedProxies.Contains(request.PeerAddress))
            WriteForwarded(request, ref writer);
    }

    /// <summary>Adds who calls: the user or the API key, and what the credential permits, on which an answer may depend as well; and the cookies, by which an upstream may know a person behind a key.</summary>
    public static void WriteCaller(GatewayContext context, ref KeyWriter writer)
    {
        writer.Part(ForOneCaller);
        WriteOptional(context.User, ref writer);
        WriteOptional(context.ApiKey, ref writer);
        writer.Part(context.Request.Headers.Cookie.ToString());
        if (context.Caller is not { } caller)
            return;
        WriteOptional(caller.Subject is { } subject ? Subject.NameOf(subject.Kind) : null, ref writer);
        int scopes = writer.BeginPart();
        for (int i = 0; i < caller.Scopes.Count; i++)
            writer.Part(caller.Scopes[i]);
        writer.EndPart(scopes);
        for (int i = 0; i < caller.Roles.Count; i++)
            WriteRole(caller.Roles[i], ref writer);
        for (int i = 0; i < caller.Claims.Count; i++)
        {
            writer.Part(caller.Claims[i].Key);
            writer.Part(caller.Claims[i].Value);
        }
    }

    private static void WriteRole(RoleGrant role, ref KeyWriter writer)
    {
        writer.Part(role.Role);
        WriteOptional(role.Scope?.Kind, ref writer);
        WriteOptional(role.Scope?.Value, ref writer);
    }

    private static void WriteOptional(string? text, ref KeyWriter writer)
    {
        int start = writer.BeginPart();
        if (text is not null)
        {
            writer.Append("=");
            writer.Append(text);
        }

        writer.EndPart(start);
    }

    private static void WriteForwarded(ClientRequest request, ref KeyWriter writer)
    {
        foreach ((string name, StringValues values) in request.Headers)
        {
            if (name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase))
                WriteForwarded(values, ref writer);
            if (!name.StartsWith(Forwarded, StringComparison.OrdinalIgnoreCase) || name.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase))
                continue;
            writer.Part(name);
            writer.Part(values.ToString());
        }
    }

    // RFC 7239 §4: of which host and scheme it tells, and not of the nodes that it came by, which differ from client to client.
    private static void WriteForwarded(StringValues values, ref KeyWriter writer)
    {
        foreach (string? line in values)
        {
            ReadOnlySpan<char> rest = line;
            while (FieldList.TryNext(ref rest, out ReadOnlySpan<char> element))
            {
                foreach (Range range in element.Split(';'))
                {
                    ReadOnlySpan<char> pair = element[range].Trim(" \t");
                    if (pair.StartsWith("for=", StringComparison.OrdinalIgnoreCase) || pair.StartsWith("by=", StringComparison.OrdinalIgnoreCase))
                        continue;
                    writer.Part("Forwarded");
                    int start = writer.BeginPart();
                    writer.Append(pair, foldsCase: true);
                    writer.EndPart(start);
                }
            }
        }
    }
}
