using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Routing;

/// <summary>The operations of one path, by method. Immutable. The first stands in the table itself: most paths have few methods.</summary>
internal sealed class MethodTable
{
    private readonly string _firstMethod;
    private readonly KeyValuePair<string, OperationPlan>[] _others;

    /// <param name="operations">At least one, each method once.</param>
    /// <param name="versions">The versions of the API that have the path.</param>
    /// <param name="share">Gives one string for all equal ones.</param>
    public MethodTable(ReadOnlySpan<KeyValuePair<string, OperationPlan>> operations, IReadOnlyList<string> versions, Func<string, string> share)
    {
        (_firstMethod, First) = operations[0];
        _others = [.. operations[1..]];
        var methods = new SortedSet<string>(StringComparer.Ordinal) { "OPTIONS" };
        foreach ((string method, _) in operations)
            methods.Add(method);
        if (methods.Contains("GET"))
            methods.Add("HEAD");
        Allow = share(string.Join(", ", methods));
        Versions = versions;
    }

    /// <summary>The value of <c>Allow</c>: declared methods, and the ones that Headgate answers itself (HEAD beside GET, OPTIONS).</summary>
    public string Allow { get; }

    /// <summary>The versions of the API that have the path, as their documents write them; empty where requests name none.</summary>
    public IReadOnlyList<string> Versions { get; }

    /// <summary>An operation of the path, whose API speaks for the path where no operation is asked for; of several documents it is the first.</summary>
    public OperationPlan First { get; }

    /// <summary>
    /// The operation for a method, or null. HEAD is served by GET's operation where the document declares no HEAD (RFC 9110 §9.3.2).
    /// </summary>
    public OperationPlan? Find(string method)
    {
        if (_firstMethod == method)
            return First;
        foreach ((string known, OperationPlan operation) in _others)
        {
            if (known == method)
                return operation;
        }

        return method == "HEAD" ? Find("GET") : null;
    }
}
