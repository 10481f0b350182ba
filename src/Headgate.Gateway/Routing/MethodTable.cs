using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Routing;

/// <summary>The operations of one path, by method. Immutable after build.</summary>
internal sealed class MethodTable
{
    private (string Method, OperationPlan Operation)[] _entries = [];

    /// <summary>The value of <c>Allow</c>: declared methods, and the ones that Headgate answers itself (HEAD beside GET, OPTIONS).</summary>
    public string Allow { get; private set; } = "OPTIONS";

    /// <summary>An operation of the path, whose API speaks for the path where no operation is asked for; of several documents it is the first.</summary>
    public OperationPlan First => _entries[0].Operation;

    /// <summary>
    /// The operation for a method, or null. HEAD is served by GET's operation where the document declares no HEAD (RFC 9110 §9.3.2).
    /// </summary>
    public OperationPlan? Find(string method)
    {
        foreach ((string known, OperationPlan operation) in _entries)
        {
            if (known == method)
                return operation;
        }

        return method == "HEAD" ? Find("GET") : null;
    }

    /// <summary>Adds an operation, or gives back the one that has the method already.</summary>
    public OperationPlan? Add(string method, OperationPlan operation)
    {
        foreach ((string known, OperationPlan taken) in _entries)
        {
            if (known == method)
                return taken;
        }

        _entries = [.. _entries, (method, operation)];
        IEnumerable<string> methods = _entries.Select(entry => entry.Method).Append("OPTIONS");
        if (Find("GET") is not null)
            methods = methods.Append("HEAD");
        Allow = string.Join(", ", methods.Distinct().Order(StringComparer.Ordinal));
        return null;
    }
}
