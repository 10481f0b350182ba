using System.Collections.Frozen;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.HeaderTransforms;

/// <summary>Changes to header fields, compiled: their secrets are looked up. Immutable.</summary>
internal sealed class HeaderPlan
{
    private readonly FrozenSet<string> _dropped;
    private readonly KeyValuePair<string, string>[] _set;
    private readonly KeyValuePair<string, string>[] _added;

    private HeaderPlan(HeaderTransform settings, KeyValuePair<string, string>[] set, KeyValuePair<string, string>[] added)
    {
        _dropped = settings.Remove.Concat(settings.Set.Keys).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        (_set, _added, Declared) = (set, added, settings);
    }

    /// <summary>What the document says: its references to secrets, not the secrets.</summary>
    public HeaderTransform Declared { get; }

    /// <summary>Compiles; null where a secret is missing, which is reported.</summary>
    public static HeaderPlan? Of(HeaderTransform settings, OperationScope scope)
    {
        var secrets = new SecretTexts(scope, settings.Node ?? scope.Operation.Node);
        KeyValuePair<string, string>[] set = [.. settings.Set.Select(secrets.Resolve)];
        KeyValuePair<string, string>[] added = [.. settings.Add.Select(secrets.Resolve)];
        return secrets.HasFailed ? null : new HeaderPlan(settings, set, added);
    }

    /// <summary>Whether a field of the message goes no further.</summary>
    public bool Drops(string name) => _dropped.Contains(name);

    /// <summary>Writes the fields that a service is to see beside those that pass.</summary>
    public void Write<TSink>(ref TSink sink)
        where TSink : struct, IHeaderSink, allows ref struct
    {
        foreach ((string name, string value) in _set)
            sink.Add(name, value);
        foreach ((string name, string value) in _added)
            sink.Add(name, value);
    }

    /// <summary>Changes the fields of an answer.</summary>
    public void Apply(IHeaderDictionary headers)
    {
        foreach (string name in _dropped.Items)
            headers.Remove(name);
        foreach ((string name, string value) in _set)
            headers[name] = value;
        foreach ((string name, string value) in _added)
            headers[name] = StringValues.Concat(headers[name], value);
    }
}
